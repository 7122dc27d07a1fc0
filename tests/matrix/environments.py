"""The environment in which a generated project is checked: the one that it asks for itself.

For each Django line the project with all options is generated and installed by `uv sync`, which
also proves that its dependencies can be had together. The result is kept under `.cache/` until its
`pyproject.toml` or the interpreter changes. Projects with fewer options run in the same one; that
they declare all that they import is `deptry`'s to say.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.generation.answers import all_options, bake, raw_context, values
from tests.matrix import interpreters

REPOSITORY = Path(__file__).resolve().parents[2]
CACHE = REPOSITORY / ".cache"
# What a service's own commands must not inherit from the shell that runs the tests.
OURS = ("DATABASE_URL", "REDIS_URL", "DJANGO_", "PYTEST_", "COVERAGE_", "VIRTUAL_ENV", "UV_PROJECT")


class CommandError(AssertionError):
    """A command in a generated project failed; the message carries all that it printed."""


@dataclass(frozen=True)
class Environment:
    """A virtual environment with everything that a generated project declares."""

    folder: Path

    def run(self, project: Path, *command: str, variables: Mapping[str, str] | None = None) -> str:
        """Run one of the environment's programs in `project`; return what it printed.

        Nothing is written to the project. Raises `CommandError` where the exit code is not 0.
        """
        done = subprocess.run(
            [str(self.folder / "bin" / command[0]), *command[1:]],
            cwd=project,
            env=self.variables(variables or {}),
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        if done.returncode != 0:
            message = f"{' '.join(command)}: exit code {done.returncode}\n{done.stdout}"
            raise CommandError(message)
        return done.stdout

    def variables(self, added: Mapping[str, str]) -> dict[str, str]:
        """Return the environment variables of a command: the shell's, cleaned, and `added`."""
        inherited = {k: v for k, v in os.environ.items() if not k.startswith(OURS)}
        path = f"{self.folder / 'bin'}{os.pathsep}{os.environ['PATH']}"
        return inherited | {"PATH": path} | dict(added)


def interpreter(django_version: str) -> Path | None:
    """Return the Python for a Django line: the oldest for the first line, else the newest."""
    oldest: dict[str, str] = dict(raw_context()["_oldest_python"])
    major, minor = (int(part) for part in oldest[django_version].split("."))
    first = django_version == values("django_version")[0]
    return interpreters.choose((major, minor), newest=not first)


def lines() -> list[str]:
    """Return the values of `django_version` that this machine has an interpreter for."""
    return [line for line in map(str, values("django_version")) if interpreter(line)]


@cache
def environment(django_version: str, *, development: bool = True) -> Environment:
    """Return the environment of a Django line, installed by whichever worker comes first."""
    python = interpreter(django_version)
    if python is None:
        message = f"no Python that Django {django_version} runs on, in PATH, by uv or by pyenv"
        raise LookupError(message)
    with tempfile.TemporaryDirectory(prefix="secure-drf-") as folder:
        answers = all_options() | {"django_version": django_version}
        options = ["--all-extras", *([] if development else ["--no-dev"])]
        return _installed(bake(Path(folder), **answers), python, options)


def _installed(project: Path, python: Path, options: list[str]) -> Environment:
    declared = (project / "pyproject.toml").read_bytes()
    chosen = " ".join([str(python.resolve()), *options])
    key = hashlib.sha256(declared + chosen.encode()).hexdigest()[:16]
    target = CACHE / "environments" / key
    with locked(target.with_suffix(".lock")):
        complete = target / "complete"
        if not complete.exists():
            shutil.rmtree(target, ignore_errors=True)
            uv_sync(project, target, python, options)
            keep_folders_clean(target)
            complete.touch()
    return Environment(target)


def keep_folders_clean(target: Path) -> None:
    """Let no process of the environment write bytecode, however little it inherits from us."""
    for packages in target.glob("lib/python*/site-packages"):
        line = "import sys; sys.dont_write_bytecode = True\n"
        (packages / "no_bytecode.pth").write_text(line)


def uv_sync(project: Path, target: Path, python: Path, options: list[str]) -> None:
    """Install what `project` declares into a new environment at `target`."""
    cleaned = {k: v for k, v in os.environ.items() if not k.startswith(OURS)}
    done = subprocess.run(
        [
            "uv",
            "sync",
            "--quiet",
            *options,
            "--compile-bytecode",
            "--no-python-downloads",
            "--python",
            python,
        ],
        cwd=project,
        env=cleaned | {"UV_PROJECT_ENVIRONMENT": str(target)},
        check=False,
        capture_output=True,
        text=True,
    )
    if done.returncode != 0:
        message = f"uv sync failed in the generated project:\n{done.stdout}{done.stderr}"
        raise CommandError(message)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Let one pytest worker at a time into the block."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
