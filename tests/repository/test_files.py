"""Rules for every file that git tracks or is about to."""

from __future__ import annotations

import ast
import re
import subprocess
from functools import cache
from pathlib import Path

from tests.generation.answers import ROOT, TREE

LINES_OF_PYTHON = 150
# Patterns of the hosts that packages and images are downloaded from: a user's own configuration
# names them. In pieces, because this file is searched, too.
HOSTS = (
    ("crates", "io"),
    ("deb", "debian", "org"),
    ("docker", "com"),
    ("docker", "io"),
    ("gcr", "io"),
    ("ghcr", "io"),
    ("pypi", "org"),
    ("python[h]osted", "org"),
    ("quay", "io"),
    ("registry", "npmjs", "org"),
)
REGISTRIES = re.compile(r"\b(" + "|".join(map(r"\.".join, HOSTS)) + r")\b")
LOCK_FILES = {
    "uv.lock",
    "poetry.lock",
    "pdm.lock",
    "Pipfile.lock",
    "package-lock.json",
    "yarn.lock",
    "pnpm-lock.yaml",
}


@cache
def tracked() -> list[Path]:
    """Return every file of the repository that is not ignored."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listing = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    paths = (ROOT / name for name in listing.split("\0") if name)
    return [path for path in paths if path.is_file()]


def name(path: Path) -> str:
    """Return a path as the repository knows it."""
    return path.relative_to(ROOT).as_posix()


def python_files() -> list[Path]:
    return [path for path in tracked() if path.suffix == ".py"]


def test_no_python_file_is_too_long_to_see_whole() -> None:
    lengths = {name(path): len(path.read_text("utf-8").splitlines()) for path in python_files()}
    assert {path: length for path, length in lengths.items() if length > LINES_OF_PYTHON} == {}


def test_no_file_names_a_host_to_download_from() -> None:
    found = [
        f"{name(path)}:{number}"
        for path in tracked()
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if REGISTRIES.search(line)
    ]
    assert found == []


def test_no_lock_file_is_committed() -> None:
    assert [name(path) for path in tracked() if path.name in LOCK_FILES] == []


def test_the_project_tree_holds_no_template_statements() -> None:
    files = [path for path in tracked() if path.is_relative_to(TREE)]
    assert [name(path) for path in files if "{%" in path.read_text("utf-8")] == []


def test_every_python_file_parses_unrendered() -> None:
    for path in python_files():
        ast.parse(path.read_text("utf-8"), filename=name(path))
