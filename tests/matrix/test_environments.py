"""The environments of the matrix are what the generated projects ask for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.generation.answers import values
from tests.matrix import environments
from tests.matrix.environments import CommandError, environment

VERSION = "import django; print(django.get_version())"


def test_the_pipeline_has_a_python_for_every_django_line() -> None:
    found = environments.lines()
    wanted = values("django_version") if os.environ.get("CI") else found
    assert found == wanted


@pytest.mark.parametrize("line", environments.lines())
def test_a_generated_project_installs_the_django_line_that_was_chosen(
    line: str, tmp_path: Path
) -> None:
    release = environment(line).run(tmp_path, "python", "-c", VERSION)
    assert release.startswith(line.split(maxsplit=1)[0])


def test_a_command_that_fails_says_what_it_printed(tmp_path: Path) -> None:
    installed = environment(environments.lines()[0])
    with pytest.raises(CommandError, match="exit code 3\nno such luck"):
        installed.run(tmp_path, "python", "-c", "print('no such luck'); exit(3)")


def test_commands_do_not_inherit_the_servers_of_the_tests(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://given/name")
    installed = environment(environments.lines()[0])
    assert (
        installed.run(tmp_path, "python", "-c", "import os; print('DATABASE_URL' in os.environ)")
        == "False\n"
    )
