"""The generated projects pass their own tests, on nothing installed and on real servers."""

from __future__ import annotations

import itertools
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.generation.answers import combinations, values
from tests.matrix import environments
from tests.matrix.combinations import Answers, choices, flags, identifier
from tests.matrix.environments import CACHE, environment
from tests.matrix.projects import Projects

pytestmark = pytest.mark.matrix

# The options that change what the service's code does; the others take turns.
MULTIPLIED = ["use_cors", "use_jwt", "use_token_expiry"]
REPORT = CACHE / "coverage" / "service.txt"
COVERAGE = {"COVERAGE_FILE": str(REPORT.with_suffix(""))}
PASSED = re.compile(r"\d+ passed")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give each behavior one Django line, or each of them where every combination is wanted."""
    if "behavior" in metafunc.fixturenames:
        every_line = metafunc.config.getoption("every_combination")
        rows = list(behaviors(every_line=every_line))
        metafunc.parametrize("behavior", rows, ids=identifier)


def behaviors(*, every_line: bool) -> Iterator[Answers]:
    """Yield every combination of the options above, on the Django lines of this machine.

    Where not on each, neighbors that differ in one option are on different lines, so that two
    options in whatever values meet both.
    """
    others = [name for name in flags() + choices() if name not in [*MULTIPLIED, "django_version"]]
    # Every fifth, so that no other question's answers go along with those of one above.
    turns = itertools.islice(itertools.cycle(combinations(others)), None, None, 5)
    lines = environments.lines()
    for answers in combinations(MULTIPLIED):
        one = lines[sum(map(bool, answers.values())) % len(lines)]
        for line in lines if every_line else [one]:
            yield answers | next(turns) | {"django_version": line}


def extremes() -> Iterator[Answers]:
    """Yield everything on and everything off, on the Django lines of this machine."""
    for answer, line in itertools.product((True, False), environments.lines()):
        first = {name: values(name)[0] for name in choices()}
        yield dict.fromkeys(flags(), answer) | first | {"django_version": line}


def passes(
    answers: Answers, project: Path, program: list[str], variables: Mapping[str, str]
) -> str:
    """Run a project's tests; return pytest's closing line."""
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    installed = environment(str(answers["django_version"]))
    arguments = ["-q", "-p", "no:cacheprovider", "-o", "console_output_style=classic"]
    output = installed.run(project, *program, *arguments, variables=variables)
    closing = output.strip().splitlines()[-1]
    assert PASSED.search(closing), output
    return closing


def test_own_tests_pass_with_nothing_installed(behavior: Answers, projects: Projects) -> None:
    project = projects(behavior)
    settings = tomllib.loads((project / "pyproject.toml").read_text("utf-8"))
    assert settings["tool"]["pytest"]["ini_options"]["filterwarnings"][0] == "error"
    passes(behavior, project, ["pytest"], {})


FIRST, *OTHERS = extremes()
MEASURED = pytest.param(
    FIRST, ["coverage", "run", "-m", "pytest"], id=identifier(FIRST), marks=pytest.mark.coverage
)


@pytest.mark.parametrize(
    ("row", "program"),
    [MEASURED, *(pytest.param(row, ["pytest"], id=identifier(row)) for row in OTHERS)],
)
def test_own_tests_pass_on_postgresql_and_redis_and_leave_nothing_out(
    row: Answers, program: list[str], projects: Projects, postgres_url: str, redis_url: str
) -> None:
    real = {"DATABASE_URL": postgres_url, "REDIS_URL": redis_url}
    closing = passes(row, projects(row), program, real | COVERAGE)
    assert "skipped" not in closing
    assert "deselected" not in closing
    if row == FIRST:
        assert covered(row, projects(row)) >= 90


def covered(row: Answers, project: Path) -> int:
    """Write the report that `./run coverage` shows; return the total in percent."""
    installed = environment(str(row["django_version"]))
    report = installed.run(project, "coverage", "report", variables=COVERAGE)
    REPORT.write_text(report)
    return int(re.findall(r"^TOTAL.* (\d+)%$", report, re.MULTILINE)[0])
