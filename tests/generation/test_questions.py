"""Every question is put in words for people, and its default is one that passes the check."""

from hooks.pre_gen_project import refusal
from local_extensions import project_slug
from tests.generation.answers import questions, raw_context

PROMPTS = raw_context()["__prompts__"]


def test_every_question_has_a_prompt_and_every_prompt_a_question() -> None:
    assert list(PROMPTS) == list(questions())


def test_every_value_of_a_choice_is_explained() -> None:
    for name, default in questions().items():
        if isinstance(default, list):
            assert list(PROMPTS[name]) == ["__prompt__", *default]


def test_no_prompt_holds_markup_that_the_terminal_would_swallow() -> None:
    texts = [
        text
        for prompt in PROMPTS.values()
        for text in ([prompt] if isinstance(prompt, str) else prompt.values())
    ]
    assert [text for text in texts if "[" in text] == []


def test_prompts_name_the_limits_that_are_checked() -> None:
    asked = {name: value for name, value in questions().items() if not isinstance(value, list)}
    defaults = {**asked, "use_cors": True, "token_lifetime_hours": "720", "_choices": {}}
    defaults["project_slug"] = project_slug(asked["project_name"])
    assert refusal(defaults) == ""
    for question, limit in [("project_name", 50), ("project_slug", 50), ("description", 80)]:
        assert str(limit) in PROMPTS[question]
        assert question in refusal({**defaults, question: "a" * (limit + 1)})
        assert refusal({**defaults, question: "a" * limit}) == ""
    assert "1 to 8760" in PROMPTS["token_lifetime_hours"]
