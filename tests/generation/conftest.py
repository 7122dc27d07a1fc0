"""The real command lines, in a sandbox."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.generation.answers import isolated_config, template

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def sandbox(tmp_path: Path) -> Path:
    """Return an empty folder to generate into; its parent holds nothing but this and `home`."""
    folder = tmp_path / "sandbox"
    folder.mkdir()
    return folder


@pytest.fixture
def run(tmp_path: Path, sandbox: Path) -> Run:
    """Return a function that runs a program in the sandbox, out of reach of this user's files."""
    home = tmp_path / "home"
    identity = {
        f"GIT_{who}_{what}": "t@example.com"
        for who in ("AUTHOR", "COMMITTER")
        for what in ("NAME", "EMAIL")
    }
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("COV")},
        **identity,
        "HOME": str(home),
        "COOKIECUTTER_CONFIG": str(isolated_config(home)),
        "GIT_CONFIG_GLOBAL": os.devnull,
        "TERM": "dumb",
        "COLUMNS": "1000",
    }

    def call(
        *arguments: str | Path, cwd: Path = sandbox, typed: str = ""
    ) -> subprocess.CompletedProcess[str]:
        module = [] if arguments[0] == "git" else [sys.executable, "-m"]
        command = [*module, *map(str, arguments)]
        return subprocess.run(
            command,
            cwd=cwd,
            env=environment,
            input=typed,
            capture_output=True,
            text=True,
            check=False,
        )

    return call


@pytest.fixture
def repository(run: Run, tmp_path: Path) -> Path:
    """Return the template as a git repository."""
    folder = shutil.copytree(template(), tmp_path / "home" / "secure-drf")
    run("git", "init", "--quiet", cwd=folder)
    commit(run, folder)
    return folder


def commit(run: Run, folder: Path) -> None:
    """Commit everything in a folder."""
    run("git", "add", "--all", cwd=folder)
    assert run("git", "commit", "--quiet", "--message=x", cwd=folder).returncode == 0
