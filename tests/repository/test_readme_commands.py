"""The README's first two commands, run as written on a machine that has no uv."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import pytest

from tests.generation.answers import ROOT
from tests.matrix.environments import OURS
from tests.repository.test_files import tracked
from tests.servers.process import free_port

START_SECONDS = 300
SECOND = "./run test"
PUBLISHED = "gh:org/secure-drf"


def commands() -> list[str]:
    """Return the commands of the README's shell blocks, in order."""
    text = (ROOT / "README.md").read_text("utf-8")
    blocks = re.findall(r"^```(?:sh|bash|console)\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    return [block.replace("\\\n", " ").strip() for block in blocks]


def plain_path() -> str:
    """Return PATH without the folders that hold uv, or that a virtual environment added."""
    folders = os.environ["PATH"].split(os.pathsep)
    kept = [
        folder
        for folder in folders
        if not (Path(folder) / "uv").exists() and not (Path(folder).parent / "pyvenv.cfg").exists()
    ]
    return os.pathsep.join(kept)


def plain_environment() -> dict[str, str]:
    """Return the environment of somebody who has just cloned the repository."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith((*OURS, "PYTHON"))}
    return inherited | {"PATH": plain_path()}


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """Return a clone of the repository as it stands, uncommitted work included."""
    folder = tmp_path / "clone"
    for path in tracked():
        target = folder / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, target)
    for command in (("init", "--quiet"), ("add", "--all")):
        subprocess.run(["git", *command], cwd=folder, check=True)
    return folder


@contextmanager
def started(command: str, folder: Path, port: int) -> Iterator[Path]:
    """Run a command with all that it starts until the block ends; yield the file of its output."""
    log = folder.parent / "output"
    with log.open("wb") as output:
        shell = subprocess.Popen(
            ["sh", "-c", command],
            cwd=folder,
            env=plain_environment() | {"PORT": str(port)},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield log
        assert shell.poll() is None, log.read_text()
    finally:
        # The session is the command's own: its processes and no others.
        os.killpg(shell.pid, signal.SIGTERM)
        shell.wait(30)


def answer(port: int) -> int | None:
    """Return the status of the front page, or None while nothing answers."""
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status
    except (OSError, HTTPException):
        return None
    finally:
        connection.close()


def answers_in_time(port: int) -> int | None:
    """Wait for the front page."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        status = answer(port)
        if status is not None:
            return status
        time.sleep(0.2)
    return None


def test_the_first_command_ends_with_a_service_that_answers(clone: Path) -> None:
    port = free_port()
    with started(commands()[0], clone, port) as log:
        assert answers_in_time(port) == 200, log.read_text()


def test_the_first_command_works_in_an_empty_folder_once_published(
    clone: Path, tmp_path: Path
) -> None:
    assert " cookiecutter . " in commands()[0]
    assert PUBLISHED in (ROOT / "README.md").read_text("utf-8")
    port, empty = free_port(), tmp_path / "empty"
    empty.mkdir()
    command = commands()[0].replace(" cookiecutter . ", f" cookiecutter {clone} ")
    with started(command, empty, port) as log:
        assert answers_in_time(port) == 200, log.read_text()


def test_the_second_command_gets_what_it_needs_and_ends_with_pytests_line(clone: Path) -> None:
    assert commands()[1] == SECOND
    done = subprocess.run(
        # One part of the suite: this test runs in the whole of it.
        ["sh", "-c", f"{SECOND} tests/servers"],
        cwd=clone,
        env=plain_environment(),
        check=False,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"=+ \d+ passed in [\d.]+s.* =+$", done.stdout.strip())
    assert "skipped" not in done.stdout
