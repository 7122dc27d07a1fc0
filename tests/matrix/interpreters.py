"""The Python interpreters of this machine, those included that pyenv's shims hide."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

KNOWN_MINORS = range(11, 20)
# Any Python must be able to read it, also one that is too old.
IDENTIFY = """
import sys
# Outside a virtual environment: the tests run in one.
base = getattr(sys, "_base_executable", sys.executable)
print("%d %d %s" % (sys.version_info[:2] + (base,)))
"""


@cache
def find() -> dict[tuple[int, int], Path]:
    """Return one interpreter that runs for each release line that is here, oldest first."""
    found: dict[tuple[int, int], Path] = {}
    for candidate in _candidates():
        answer = _ask(str(candidate), "-c", IDENTIFY)
        if answer is None:
            continue
        major, minor, executable = answer.split(maxsplit=2)
        found.setdefault((int(major), int(minor)), Path(executable))
    return dict(sorted(found.items()))


def choose(minimum: tuple[int, int], *, newest: bool = False) -> Path | None:
    """Return the oldest (or newest) interpreter from `minimum` on, if there is one."""
    versions = [version for version in find() if version >= minimum]
    return find()[versions[-1 if newest else 0]] if versions else None


def _candidates() -> Iterator[Path]:
    names = [f"python3.{minor}" for minor in KNOWN_MINORS]
    yield from (Path(path) for name in names if (path := shutil.which(name)))
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    yield from sorted(pyenv.glob("versions/*/bin/python"))
    for minor in KNOWN_MINORS:
        answer = _ask("uv", "python", "find", "--no-python-downloads", f"3.{minor}")
        if answer:
            yield Path(answer)


def _ask(*command: str) -> str | None:
    """Return what a command prints, or None where it does not run (a shim does not)."""
    try:
        done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip() if done.returncode == 0 else None
