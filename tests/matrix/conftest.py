"""The fixtures of the matrix, and the option that makes it exhaustive."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.matrix import combinations, environments
from tests.matrix.combinations import Answers
from tests.matrix.environments import Environment, environment
from tests.matrix.projects import Projects


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give a test that asks for `answers` every combination of them."""
    if "answers" in metafunc.fixturenames:
        exhaustive = metafunc.config.getoption("every_combination")
        rows = combinations.exhaustive() if exhaustive else combinations.usual()
        if "installed" in metafunc.fixturenames:
            rows = [row for row in rows if row["django_version"] in environments.lines()]
        metafunc.parametrize("answers", rows, ids=combinations.identifier)


@pytest.fixture(scope="session")
def projects(tmp_path_factory: pytest.TempPathFactory) -> Projects:
    """Generate projects that all workers share."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    return Projects(folder / "projects")


@pytest.fixture
def project(projects: Projects, answers: Answers) -> Path:
    """Generate the project of the test's combination of answers."""
    return projects(answers)


@pytest.fixture
def chosen(answers: Answers) -> dict[str, bool]:
    """Every name that a mark can say, and whether it holds for the test's combination."""
    return combinations.names(answers)


@pytest.fixture
def installed(answers: Answers) -> Environment:
    """Environment of the Django line that the test's combination asks for."""
    return environment(str(answers["django_version"]))


@pytest.fixture(scope="session")
def mypy_cache() -> Path:
    """Folder in which this worker's runs of mypy help each other."""
    return environments.CACHE / "mypy" / os.environ.get("PYTEST_XDIST_WORKER", "main")
