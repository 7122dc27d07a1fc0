"""Reads every file of a project with the parser of its format."""

from __future__ import annotations

import ast
import json
import subprocess
import tomllib
from collections.abc import Callable
from pathlib import Path

import yaml


def _yaml(text: str) -> None:
    # Composed, not constructed: GitLab's own tags (`!reference`) are none of the parser's business.
    for _ in yaml.compose_all(text, Loader=yaml.SafeLoader):
        pass


def _shell(text: str) -> None:
    subprocess.run(["sh", "-n"], input=text, check=True, capture_output=True, text=True)


PARSERS: dict[str, Callable[[str], object]] = {
    ".py": ast.parse,
    ".toml": tomllib.loads,
    ".json": json.loads,
    ".yaml": _yaml,
    ".yml": _yaml,
    ".sh": _shell,
}
FAULTS = (SyntaxError, ValueError, yaml.YAMLError, subprocess.CalledProcessError)


def faults(project: Path) -> list[str]:
    """Return a line for each file that does not parse, or is empty where it may not be."""
    found = []
    for path in sorted(project.rglob("*")):
        if not path.is_file():
            continue
        text = path.read_text(encoding="utf-8")
        parse = PARSERS.get(path.suffix, _shell if text.startswith("#!/bin/sh") else str)
        try:
            parse(text)
        except FAULTS as error:
            found.append(f"{path.relative_to(project)}: {error}")
        if not text and path.name != "__init__.py":
            found.append(f"{path.relative_to(project)}: empty")
    return found
