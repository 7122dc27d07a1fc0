"""The same answers give the same bytes; secrets are the one thing that is new."""

import re
import stat
from pathlib import Path

import pytest

from tests.generation.answers import Answer, all_options, bake

EVERYTHING = all_options()
NOTHING: dict[str, Answer] = dict.fromkeys(EVERYTHING, False)
Files = dict[str, tuple[int, bytes]]


def bytes_of(project: Path) -> Files:
    """Return mode and content of every file."""
    paths = [path for path in sorted(project.rglob("*")) if path.is_file()]
    return {
        path.relative_to(project).as_posix(): (path.stat().st_mode, path.read_bytes())
        for path in paths
    }


def generated_files(project: Path) -> Files:
    """Return mode and content of every file but the one with secrets."""
    return {name: file for name, file in bytes_of(project).items() if name != ".env"}


def secrets_of(project: Path) -> set[str]:
    """Return the values in `.env` that the example does not have, whole and key by key."""
    example = (project / ".env.example").read_text(encoding="utf-8").splitlines()
    lines = (project / ".env").read_text(encoding="utf-8").splitlines()
    values = {line.partition("=")[2] for line in lines if line not in example}
    return {part for value in values for part in re.split(r'\\n|"', value) if len(part) >= 20}


@pytest.mark.parametrize("answers", [EVERYTHING, NOTHING], ids=["everything", "nothing"])
def test_two_projects_with_the_same_answers_differ_in_secrets_only(
    tmp_path: Path, answers: dict[str, Answer]
) -> None:
    one, two = (bake(tmp_path / name, **answers) for name in ("one", "two"))
    first, second = bytes_of(one), bytes_of(two)
    assert first.pop(".env") != second.pop(".env")
    assert first == second
    markers = {part for part in secrets_of(one) if part.startswith("-----")}
    assert secrets_of(one) - markers
    assert (secrets_of(one) - markers).isdisjoint(secrets_of(two))


def test_no_other_file_holds_a_secret(tmp_path: Path) -> None:
    project = bake(tmp_path, **EVERYTHING)
    secrets = {part for part in secrets_of(project) if not part.startswith("-----")}
    assert len(secrets) >= 2
    files = bytes_of(project)
    del files[".env"]
    found = [name for name, (_, data) in files.items() for part in secrets if part.encode() in data]
    assert found == []


def test_every_placeholder_is_filled_and_only_its_owner_may_read_the_file(tmp_path: Path) -> None:
    environment = bake(tmp_path, **EVERYTHING) / ".env"
    assert "generate:" not in environment.read_text(encoding="utf-8")
    assert stat.S_IMODE(environment.stat().st_mode) == 0o600


def test_git_will_not_take_the_secrets(tmp_path: Path) -> None:
    ignored = (bake(tmp_path) / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert ".env" in ignored


def test_no_secret_is_asked_for_or_kept_with_the_answers() -> None:
    words = re.compile("secret|password|private_key|credential")
    assert [question for question in EVERYTHING if words.search(question)] == []
