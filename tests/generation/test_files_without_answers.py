"""Files that hold no answer are copied, not rendered: generation is fast and `{{` is no trap."""

import os
import re
import shutil
import subprocess
import sys
from fnmatch import fnmatch
from pathlib import Path

from tests.generation.answers import TREE, raw_context, template

CACHES = {"*.pyc", ".*_cache/*"}  # of tools that ran in the tree; the hook removes them

PATTERNS: list[str] = raw_context()["_copy_without_render"]


def copied_by(path: str) -> list[str]:
    """Return the patterns that match as cookiecutter matches: `*` also crosses slashes."""
    return [pattern for pattern in PATTERNS if fnmatch(path, pattern)]


def tree_paths() -> list[Path]:
    """Return what the tree holds, files and folders, relative to it."""
    tree = template() / TREE.name
    return sorted(path.relative_to(tree) for path in tree.rglob("*"))


def holds_answers(path: Path) -> bool:
    """Tell whether cookiecutter has something to fill in here."""
    return bool(re.search(rb"\{\{\s*cookiecutter\b", (template() / TREE.name / path).read_bytes()))


def test_exactly_the_files_without_answers_are_copied() -> None:
    rendered_in_vain, left_unfilled = [], []
    for path in tree_paths():
        if (template() / TREE.name / path).is_file():
            copied, answers = bool(copied_by(path.as_posix())), holds_answers(path)
            rendered_in_vain += [str(path)] if not copied and not answers else []
            left_unfilled += [str(path)] if copied and answers else []
    assert not rendered_in_vain, "add them to _copy_without_render in cookiecutter.json"
    assert not left_unfilled, "narrow the pattern in cookiecutter.json that matches them"


def test_no_pattern_matches_a_folder() -> None:
    # A folder that matches is copied whole, and replaced whole when a project is generated anew.
    folders = [path for path in tree_paths() if (template() / TREE.name / path).is_dir()]
    assert [str(folder) for folder in folders if copied_by(str(folder).replace(os.sep, "/"))] == []


def test_every_pattern_is_needed() -> None:
    paths = [path.as_posix() for path in tree_paths()]
    used = {pattern for path in paths for pattern in copied_by(path)}
    assert sorted(set(PATTERNS) - used - CACHES) == []


def test_what_tools_left_in_the_tree_neither_stops_a_generation_nor_gets_into_the_project(
    tmp_path: Path,
) -> None:
    dirty = tmp_path / "template"
    shutil.copytree(template(), dirty, ignore=shutil.ignore_patterns(".git"))
    for left in (".ruff_cache/0/entry", "config/__pycache__/urls.pyc"):
        (dirty / TREE.name / left).parent.mkdir(parents=True, exist_ok=True)
        (dirty / TREE.name / left).write_bytes(b"\x89\x00{{ neither text nor answers")
    command = ["-m", "cookiecutter", str(dirty), "--no-input", "--output-dir", str(tmp_path)]
    subprocess.run([sys.executable, *command], check=True, env=os.environ | {"HOME": str(tmp_path)})
    names = {path.name for path in (tmp_path / "my-service").rglob("*")}
    assert "manage.py" in names
    assert not {"__pycache__", ".ruff_cache"} & names


def test_no_file_holds_a_jinja_statement() -> None:
    rendered = [path for path in tree_paths() if not copied_by(path.as_posix())]
    files = [template() / TREE.name / path for path in rendered]
    assert [str(file) for file in files if file.is_file() and b"{%" in file.read_bytes()] == []
