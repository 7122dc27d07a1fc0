"""Each combination of answers is a whole, clean project."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.matrix import baselines, parsing, production, words
from tests.matrix.environments import Environment
from tests.matrix.projects import files

pytestmark = pytest.mark.matrix


def test_has_exactly_the_files_of_its_baseline(project: Path, chosen: dict[str, bool]) -> None:
    assert files(project) == baselines.expected(chosen)


def test_every_file_parses(project: Path) -> None:
    faults = parsing.faults(project)
    assert not faults, "\n".join(faults)


def test_no_word_of_an_option_that_was_not_chosen_is_left(
    project: Path, chosen: dict[str, bool]
) -> None:
    residue = words.residue(project, chosen)
    assert not residue, "\n".join(residue)


def test_is_linted_and_formatted(project: Path, installed: Environment) -> None:
    installed.run(project, "ruff", "check", "--no-cache")
    installed.run(project, "ruff", "format", "--check", "--no-cache")


def test_types_are_right(project: Path, installed: Environment, mypy_cache: Path) -> None:
    installed.run(project, "mypy", "--cache-dir", str(mypy_cache / installed.folder.name), ".")


def test_every_dependency_is_declared_and_used(project: Path, installed: Environment) -> None:
    installed.run(project, "deptry", ".")


def test_models_and_migrations_agree(project: Path, installed: Environment) -> None:
    installed.run(project, "python", "manage.py", "makemigrations", "--check", "--dry-run")


def test_production_settings_pass_every_check(
    project: Path, installed: Environment, chosen: dict[str, bool]
) -> None:
    installed.run(
        project,
        *("python", "-W", "error", "manage.py", "check", "--deploy", "--fail-level", "WARNING"),
        variables=production.variables(chosen),
    )
