"""The matrix sees what it should see: each of its own tools finds a planted fault."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from tests.matrix import baselines, combinations, interpreters, parsing
from tests.matrix.combinations import Answers


def pairs(answers: Answers) -> set[tuple[tuple[str, object], ...]]:
    return set(itertools.combinations(answers.items(), 2))


def test_the_usual_list_has_every_combination_of_the_yes_no_questions() -> None:
    rows = [tuple(row[name] for name in combinations.flags()) for row in combinations.usual()]
    assert len(rows) == len(set(rows)) == 2 ** len(combinations.flags())


def test_every_value_of_a_choice_meets_every_other_answer() -> None:
    met = set().union(*(pairs(row) for row in combinations.usual()))
    assert met == set().union(*(pairs(row) for row in combinations.exhaustive()))


def test_names_are_those_that_marks_use() -> None:
    answers = combinations.usual()[0] | {"django_version": "6.1", "ci_provider": "none"}
    chosen = combinations.names(answers)
    assert chosen["django_version_6_1"]
    assert not chosen["django_version_5_2_lts"]
    assert chosen["ci_provider_none"]


@pytest.mark.parametrize(
    ("condition", "expected"),
    [("a", True), ("b", False), ("not b", True), ("a and not b", True), ("b or a and b", False)],
)
def test_conditions_read_as_marks_do(condition: str, *, expected: bool) -> None:
    assert combinations.holds(condition, {"a": True, "b": False}) is expected


def test_a_condition_that_names_no_option_is_refused() -> None:
    with pytest.raises(KeyError):
        combinations.holds("jtw", {"jwt": True})


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.py", "def broken(:\n"),
        ("a.toml", "key = \n"),
        ("a.yaml", "key: [1\n"),
        ("a.yml", "a: b: c\n"),
        ("a.json", "{,}"),
        ("run", "#!/bin/sh\nif true; then\n"),
        ("README.md", ""),
    ],
)
def test_a_file_that_does_not_parse_is_named(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text)
    assert [fault.partition(":")[0] for fault in parsing.faults(tmp_path)] == [name]


def test_the_baseline_says_in_the_simplest_words_when_a_file_is_there() -> None:
    listings = [
        ({"a": a, "b": b}, {"x", *("y" * a), *("z" * (a and not b))})
        for a, b in itertools.product((False, True), repeat=2)
    ]
    assert baselines.measure(listings) == {"always": ["x"], "a": ["y"], "a and not b": ["z"]}


def test_interpreters_that_a_shim_hides_are_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shims = tmp_path / "shims"
    shims.mkdir()
    for version in ("3.11", "3.12", "3.19"):
        shim = shims / f"python{version}"
        shim.write_text("#!/bin/sh\necho 'command not found' >&2\nexit 127\n")
        shim.chmod(0o755)
    hidden = tmp_path / "versions" / "3.19.0" / "bin" / "python"
    hidden.parent.mkdir(parents=True)
    hidden.write_text(f"#!/bin/sh\necho 3 19 {hidden}\n")
    hidden.chmod(0o755)
    monkeypatch.setenv("PATH", str(shims))
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path))
    interpreters.find.cache_clear()
    try:
        assert interpreters.find() == {(3, 19): hidden}
        assert interpreters.choose((3, 12), newest=True) == hidden
        assert interpreters.choose((3, 20)) is None
    finally:
        interpreters.find.cache_clear()
