"""The blocks of commands in docs/operations.md, and a shell to paste them into."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

SECONDS = 180


class FailedError(AssertionError):
    """Something on the page did not work."""


def blocks(project: Path, heading: str) -> list[str]:
    """Return the blocks below a heading, up to the next one."""
    text = (project / "docs" / "operations.md").read_text("utf-8")
    (section,) = re.findall(
        rf"^#+ {re.escape(heading)}\n(.*?)(?=^#+ |\Z)", text, re.MULTILINE | re.DOTALL
    )
    found: list[str] = re.findall(r"^```sh\n(.*?)^```", section, re.MULTILINE | re.DOTALL)
    return found


def paste(project: Path, docker: Path, block: str, given: str = "") -> str:
    """Run a block in the project's folder, after the two names; return what it prints."""
    names = blocks(project, "Operations")[0]
    done = subprocess.run(
        ["sh", "-e", "-c", f"{names}\n{block}"],
        cwd=project,
        env=os.environ | {"PATH": f"{docker}{os.pathsep}{os.environ['PATH']}"},
        check=False,
        input=given,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=SECONDS,
    )
    if done.returncode != 0:
        message = f"exit code {done.returncode}\n{block}\n{done.stdout}"
        raise FailedError(message)
    return done.stdout
