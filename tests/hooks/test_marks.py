"""What a mark keeps and what it removes."""

import pytest

from hooks.post_gen_project import apply_options, holds, option_names

NAMES = {"a": True, "b": True, "x": False, "y": False}


def left(text: str) -> str | None:
    """Return what is left of a text that has no fault."""
    result, faults = apply_options(text, NAMES)
    assert faults == []
    return result


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("a", True),
        ("x", False),
        ("not x", True),
        ("not not x", False),
        ("not  a", False),
        ("a and b", True),
        ("a and x", False),
        ("a and not x", True),
        ("not a or b", True),
        ("x or y", False),
        ("x or not y", True),
        ("x and y or a", True),
        ("a or x and y", True),
        ("x or a and y", False),
        (" a ", True),
    ],
)
def test_and_binds_closer_than_or_and_not_closest(condition: str, *, expected: bool) -> None:
    assert holds(condition, NAMES) is expected


@pytest.mark.parametrize(
    "condition",
    ["", "A", "unknown", "not", "a b", "a and", "or a", "a not b", "(a)", "a & b", "not_a", "a\nb"],
)
def test_nothing_but_the_grammar_is_understood(condition: str) -> None:
    with pytest.raises(KeyError):
        holds(condition, NAMES)


def test_a_yes_no_question_and_each_value_of_a_choice_give_a_name() -> None:
    answers = {
        "project_name": "use_nothing",
        "use_cors": False,
        "use_token_expiry": True,
        "django_version": "5.2 LTS",
        "_choices": {"django_version": ["5.2 LTS", "6.1"]},
    }
    assert option_names(answers) == {
        "cors": False,
        "token_expiry": True,
        "django_version_5_2_lts": True,
        "django_version_6_1": False,
    }


@pytest.mark.parametrize(
    "style",
    [
        "# {}",
        "// {}",
        "-- {}",
        "<!-- {} -->",
        "/* {} */",
        "{{# {} #}}",
        "#{}",
        "<!--{}-->",
        "  # {}",
    ],
)
@pytest.mark.parametrize("end_of_line", ["\n", "\r\n"])
def test_a_block_works_in_every_comment_style(style: str, end_of_line: str) -> None:
    def text(condition: str) -> str:
        opening, closing = style.format(f"option: {condition}"), style.format("end option")
        return end_of_line.join(["one", opening, "two", closing, "three", ""])

    assert left(text("a")) == end_of_line.join(["one", "two", "three", ""])
    assert left(text("x")) == end_of_line.join(["one", "three", ""])


@pytest.mark.parametrize(
    "style", ["# {}", "// {}", "-- {}", "<!-- {} -->", "/* {} */", "{{# {} #}}"]
)
@pytest.mark.parametrize("end_of_line", ["\n", "\r\n"])
def test_a_line_mark_works_in_every_comment_style(style: str, end_of_line: str) -> None:
    def text(condition: str) -> str:
        return f"one{end_of_line}  two  {style.format(f'option: {condition}')}{end_of_line}three"

    assert left(text("a")) == f"one{end_of_line}  two{end_of_line}three"
    assert left(text("x")) == f"one{end_of_line}three"


def test_blocks_nest() -> None:
    lines = ["# option: {}", "1", "# option: {}", "2", "3  # option: a", "# end option", "4"]
    text = "\n".join(["0", *lines, "# end option", "5", ""])
    assert left(text.format("a", "b")) == "0\n1\n2\n3\n4\n5\n"
    assert left(text.format("a", "x")) == "0\n1\n4\n5\n"
    assert left(text.format("x", "b")) == "0\n5\n"


def test_a_block_on_line_1_that_nothing_ends_is_the_whole_file() -> None:
    assert left("# option: a\nbody\n") == "body\n"
    assert left("# option: x\nbody\n") is None


def test_a_block_on_line_1_that_ends_is_a_block() -> None:
    assert left("# option: x\nbody\n# end option\nrest\n") == "rest\n"


def test_a_whole_file_may_hold_blocks() -> None:
    text = "# option: {}\n1\n# option: x\n2\n# end option\n3\n"
    assert left(text.format("a")) == "1\n3\n"
    assert left(text.format("x")) is None


def test_a_script_keeps_its_first_line() -> None:
    text = "#!/bin/sh\n# option: {}\n\necho\n"
    assert left(text.format("a")) == "#!/bin/sh\n\necho\n"
    assert left(text.format("x")) is None


@pytest.mark.parametrize(
    "text",
    [
        "an option: jwt\n",
        "# the option: is described here\n",
        "end option\n",
        "# optional: a\n",
        "# end options\n",
        "no newline at the end",
        "carriage return at the end\r",
        "",
    ],
)
def test_other_text_stays_as_it_is(text: str) -> None:
    assert left(text) == text


def test_a_file_without_a_newline_at_the_end_stays_without() -> None:
    assert left("1\n2  # option: a") == "1\n2"
