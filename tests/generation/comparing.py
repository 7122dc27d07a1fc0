"""Tells whether an answer stayed data: swapped for another, it changes nothing but itself."""

import ast
import json
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

PLAIN: dict[str, str] = {
    "project_name": "Plain Name 1",
    "description": "Plain description 2",
    "project_slug": "plain-slug",
    "domain": "plain.example.com",
}


def text_files(project: Path) -> dict[str, str]:
    """Return the texts of a project but for `.env`, which differs every time."""
    paths = [path for path in project.rglob("*") if path.is_file() and path.name != ".env"]
    return {
        path.relative_to(project).as_posix(): path.read_bytes().decode() for path in sorted(paths)
    }


def swapped(value: Any, answers: dict[str, str]) -> Any:
    """Put the answers where the plain ones stand, at any depth."""
    if isinstance(value, str):
        for question, plain in PLAIN.items():
            value = value.replace(plain, answers.get(question, plain))
        return value
    if isinstance(value, dict):
        return {swapped(key, answers): swapped(part, answers) for key, part in value.items()}
    if isinstance(value, list):
        return [swapped(part, answers) for part in value]
    return value


def python_data(text: str) -> list[Any]:
    """Return a Python file's structure: every node's type, every constant and name."""
    return [
        [type(node).__name__, *(part for _, part in ast.iter_fields(node) if isinstance(part, str))]
        for node in ast.walk(ast.parse(text))
    ]


READERS: dict[str, Callable[[str], Any]] = {
    ".py": python_data,
    ".toml": tomllib.loads,
    ".json": json.loads,
    ".yaml": lambda text: list(yaml.safe_load_all(text)),
    ".yml": lambda text: list(yaml.safe_load_all(text)),
}


def data(name: str, text: str) -> Any:
    """Read a file as what its name says; text that has no structure gives nothing."""
    reader = READERS.get(Path(name).suffix)
    return reader(text) if reader else None
