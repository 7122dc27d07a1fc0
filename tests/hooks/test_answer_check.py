"""Each answer is refused or accepted by rules of its own."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hooks.pre_gen_project import is_unsafe, refusal, width

GOOD: dict[str, Any] = {
    "project_name": "My Service",
    "project_slug": "my-service",
    "description": "What it does.",
    "domain": "api.example.com",
    "use_cors": True,
    "cors_allowed_origins": "https://app.example.com",
    "token_lifetime_hours": "720",
    "django_version": "5.2 LTS",
    "_choices": {"django_version": ["5.2 LTS", "6.1"]},
    "_template": "somewhere",
}


def faults(**answers: object) -> list[str]:
    """Return the questions that are named as wrong, once for each fault."""
    lines = refusal({**GOOD, **answers}).splitlines()
    return [line.strip().partition(":")[0] for line in lines[1:]]


def test_good_answers_are_not_refused() -> None:
    assert refusal(GOOD) == ""


def test_all_faults_come_in_one_message_with_what_would_be_right() -> None:
    message = refusal({**GOOD, "project_slug": "django", "domain": "X", "use_cors": "yes"})
    first, slug, domain, cors = message.splitlines()
    assert first == "Nothing was written. Please change these answers:"
    assert slug == "  project_slug: is a reserved name; 'django-service' would be right"
    assert domain.startswith("  domain: must be a lower-case host name with a dot")
    assert domain.endswith(", like 'api.example.com'")
    assert cors == "  use_cors: must be yes or no"


UNSEEN = "\u200b\u200e\u2028\u2029\u202e\u2066\ufeff\ufffe\ud800\udcff\ufdd0\U0001ffff"
MARKS = """
option: jwt|end option|Nice # option: jwt|a // option: x|a -- end  option|option|a #option
a /* option: b|end option: x
"""
TEXT_QUESTIONS = pytest.mark.parametrize("question", ["project_name", "description"])


@TEXT_QUESTIONS
@pytest.mark.parametrize("text", [*"'#:%&|;!?*()[]@^~=+,./-_", "é", "你", "ß", "a\u0301", "क्ष"])
def test_punctuation_and_letters_of_any_script_are_fine(question: str, text: str) -> None:
    assert faults(**{question: f"a{text}b"}) == []
    assert faults(**{question: text}) == []


@TEXT_QUESTIONS
@pytest.mark.parametrize(
    "emoji", ["🚀", "a\u200cb", "👩\u200d💻", "🏴\U000e0067\U000e0062\U000e007f", "❤\ufe0f"]
)
def test_emoji_and_joined_words_are_fine(question: str, emoji: str) -> None:
    assert faults(**{question: f"{emoji} API"}) == []


@TEXT_QUESTIONS
@pytest.mark.parametrize(
    "text",
    [*'"\\`{}<>$', *"\0\a\b\t\n\r\x1b\x7f\x85\xad", *UNSEEN],
)
def test_what_ends_a_string_or_a_line_or_hides_is_refused(question: str, text: str) -> None:
    assert faults(**{question: f"a{text}b"}) == [question]
    message = refusal({**GOOD, question: f"a{text}b"})
    assert ascii(text) in message
    assert message.isascii()


@TEXT_QUESTIONS
@pytest.mark.parametrize("text", ["", " ", "\u200c", "\u0301", " a", "a ", "\u3000a", "a\u00a0"])
def test_blank_text_and_blanks_around_it_are_refused(question: str, text: str) -> None:
    assert faults(**{question: text}) == [question]


@TEXT_QUESTIONS
@pytest.mark.parametrize("text", MARKS.strip().replace("\n", "|").split("|"))
def test_text_that_could_become_a_mark_is_refused(question: str, text: str) -> None:
    assert faults(**{question: text}) == [question]


@TEXT_QUESTIONS
@pytest.mark.parametrize("text", ["Stock option prices", "Options", "optional", "A # of options"])
def test_the_word_option_alone_is_fine(question: str, text: str) -> None:
    assert faults(**{question: text}) == []


@pytest.mark.parametrize(
    ("question", "limit"),
    [("project_name", 50), ("description", 80), ("cors_allowed_origins", 1000)],
)
def test_text_is_bounded_and_wide_characters_count_two(question: str, limit: int) -> None:
    def wrong(text: str) -> list[str]:
        return faults(**{question: text, "use_cors": False})

    assert wrong("a" * limit) == wrong("你" * (limit // 2)) == []
    for text in ("a" * (limit + 1), "你" * (limit // 2) + "a", "e" + "\u0301" * limit):
        assert wrong(text) == [question]


@given(st.text())
def test_width_is_never_less_than_the_number_of_characters(text: str) -> None:
    assert len(text) <= width(text) <= 2 * len(text)


@given(st.characters(exclude_categories=["Cc", "Cf", "Cs", "Zl", "Zp", "Cn"]))
def test_visible_characters_are_safe_but_for_the_listed_ones(char: str) -> None:
    assert is_unsafe(char) == (char in '"\\`{}<>$')


@pytest.mark.parametrize("value", [None, 5, ["a"], {"a": "b"}, True, 1.5])
def test_an_answer_of_the_wrong_type_is_refused(value: object) -> None:
    for question in ("project_name", "project_slug", "domain", "token_lifetime_hours"):
        assert faults(**{question: value}) == [question]
    assert faults(django_version=value) == ["django_version"]


@pytest.mark.parametrize("value", [None, 0, 1, "yes", "", []])
def test_a_yes_no_answer_is_a_boolean(value: object) -> None:
    assert faults(use_jwt=value) == ["use_jwt"]
    assert faults(use_jwt=True) == faults(use_jwt=False) == []


def test_a_choice_is_one_of_the_list() -> None:
    assert faults(django_version="6.1") == []
    assert faults(django_version="4.2") == ["django_version"]


def test_a_question_of_a_newer_template_is_left_alone() -> None:
    assert faults(new_question="{{ anything }}") == []
