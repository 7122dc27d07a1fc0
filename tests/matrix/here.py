"""Lints, type-checks and tests the project tree as it stands, all options on.

`./run here` is how a maintainer works on the tree: nothing is generated, and a fault is reported at
the line that has it. Nothing is written to the tree: caches go to `.cache/`.
"""

from __future__ import annotations

import shlex
import subprocess
import sys

from tests.generation.answers import TREE
from tests.matrix import environments
from tests.matrix.environments import CACHE, Environment, environment

# Numbers that generation substitutes are read as text from the environment, where it has them.
SUBSTITUTED = {"TOKEN_LIFETIME_HOURS": "720"}


def commands(arguments: list[str]) -> list[list[str]]:
    """Return the checks, each as an argument list; `arguments` are pytest's."""
    cache = CACHE / "here"
    return [
        # Only before rendering: a mark looks like code in a comment, and pyproject.toml has braces.
        ["ruff", "check", "--no-cache", "--ignore=ERA001,RUF200"],
        ["ruff", "format", "--check", "--no-cache"],
        ["mypy", "--cache-dir", str(cache / "mypy"), "."],
        ["pytest", "-o", f"cache_dir={cache / 'pytest'}", *arguments],
    ]


def run(installed: Environment, arguments: list[str]) -> int:
    """Run the checks one after another; return the exit code of the first that fails."""
    for command in commands(arguments):
        sys.stdout.write(f"$ {shlex.join(command)}\n")
        sys.stdout.flush()
        done = subprocess.run(
            [str(installed.folder / "bin" / command[0]), *command[1:]],
            cwd=TREE,
            env=installed.variables(SUBSTITUTED),
            check=False,
        )
        if done.returncode != 0:
            return done.returncode
    return 0


if __name__ == "__main__":
    sys.exit(run(environment(environments.lines()[0]), sys.argv[1:]))
