"""Where a value comes from, and that a fault is kept without what it was about."""

from pathlib import Path

import pytest

from config.environment import Environment
from config.faults import ConfigurationError

NAME, SECRET = "A_VARIABLE", "hunter2"


@pytest.fixture
def env(monkeypatch: pytest.MonkeyPatch) -> Environment:
    for name in (NAME, f"{NAME}_FILE"):
        monkeypatch.delenv(name, raising=False)
    return Environment()


def test_a_file_wins_over_the_variable_and_this_over_the_default(
    env: Environment, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert env.number(NAME, "1", minimum=1, maximum=9) == 1
    monkeypatch.setenv(NAME, "2")
    assert env.number(NAME, "1", minimum=1, maximum=9) == 2
    (tmp_path / "three").write_text(" 3\n")
    monkeypatch.setenv(f"{NAME}_FILE", str(tmp_path / "three"))
    assert env.number(NAME, "1", minimum=1, maximum=9) == 3
    env.refuse_faults()


def test_a_default_is_read_as_strictly_as_a_value(env: Environment) -> None:
    assert env.number(NAME, "10", minimum=1, maximum=9) is None
    with pytest.raises(ConfigurationError, match=f"{NAME}: must be a whole number"):
        env.refuse_faults()


@pytest.mark.parametrize("content", [None, f"{SECRET}\xff".encode("latin-1")])
def test_an_unreadable_file_is_one_fault_that_shows_nothing(
    env: Environment, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: bytes | None
) -> None:
    file = tmp_path / "value"
    if content:
        file.write_bytes(content)
    monkeypatch.setenv(f"{NAME}_FILE", str(file))
    assert env.str(NAME) is None
    assert list(env.faults) == [f"{NAME}_FILE"]
    assert SECRET not in env.faults[f"{NAME}_FILE"]


def test_every_fault_is_named_in_one_message(env: Environment) -> None:
    env.str(NAME)
    env.flag("ANOTHER_VARIABLE", "perhaps")
    with pytest.raises(ConfigurationError) as refusal:
        env.refuse_faults()
    _, *lines = str(refusal.value).splitlines()
    assert lines == [
        "  ANOTHER_VARIABLE: must be yes or no.",
        f"  {NAME}: is not set (nor is {NAME}_FILE).",
    ]


def test_a_parser_that_is_not_there_is_a_mistake_of_the_settings(env: Environment) -> None:
    with pytest.raises(AttributeError, match="nonsense"):
        env.nonsense(NAME)
