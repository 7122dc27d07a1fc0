"""The marks are the one list of what an option touches: no name without a mark, none unknown."""

import re
from collections import Counter
from pathlib import Path

import pytest

from hooks.post_gen_project import MARK, apply_options, marked_files, option_names
from tests.generation.answers import TREE, questions, raw_context, template, values

MARKED = [(Path(path), text) for path, text in marked_files(str(template() / TREE.name))]
DEFAULTS = {
    name: default[0] if isinstance(default, list) else default
    for name, default in questions().items()
}
NAMES = option_names({**DEFAULTS, "_choices": raw_context()["_choices"]})


def conditions() -> list[tuple[Path, str]]:
    """Return every condition in the tree, with its file."""
    return [
        (path, mark[2])
        for path, text in MARKED
        for line in text.split("\n")
        if "option" in line and (mark := MARK.fullmatch(line)) and mark[2] is not None
    ]


def used() -> Counter[str]:
    """Return how often each name is marked."""
    words = (word for _, condition in conditions() for word in condition.split())
    return Counter(word for word in words if word not in {"not", "and", "or"})


def test_choices_are_listed_for_the_hooks_as_they_are_asked() -> None:
    asked = {name: default for name, default in questions().items() if isinstance(default, list)}
    assert raw_context()["_choices"] == asked


def test_every_django_release_line_says_its_oldest_python() -> None:
    assert list(raw_context()["_oldest_python"]) == values("django_version")


def test_every_yes_no_question_is_an_option() -> None:
    flags = [name for name, default in questions().items() if isinstance(default, bool)]
    assert [name for name in flags if not name.startswith("use_")] == []


def test_no_two_answers_share_a_name() -> None:
    flags = [default for default in questions().values() if isinstance(default, bool)]
    choices = [value for listed in raw_context()["_choices"].values() for value in listed]
    assert len(NAMES) == len(flags) + len(choices)


@pytest.mark.parametrize("name", NAMES)
def test_every_option_is_marked_somewhere(name: str) -> None:
    question = next((choice for choice in raw_context()["_choices"] if name.startswith(choice)), "")
    # The value of a choice may be what is left when the others are taken away.
    family = {other for other in NAMES if question and other.startswith(question)} or {name}
    assert family & used().keys()
    assert name in used() or len(family - used().keys()) == 1


def test_every_mark_is_right() -> None:
    faults = [
        f"{path.name}:{fault}" for path, text in MARKED for fault in apply_options(text, NAMES)[1]
    ]
    assert faults == []


def test_no_comment_looks_like_a_mark_and_is_none() -> None:
    almost = re.compile(
        r"(#|//|--|/\*)\s*(end[- _]?)?options?\s*:?\s*(\w+\s*)?(-->|\*/)?\s*$", re.IGNORECASE
    )
    found = [
        f"{path.name}: {line}"
        for path, text in MARKED
        for line in text.split("\n")
        if almost.search(line) and not MARK.fullmatch(line)
    ]
    assert found == []
