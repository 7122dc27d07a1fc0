"""Generates projects from a clean copy of the template, and refuses answers it does not ask for.

Cookiecutter silently ignores an unknown answer name, so a misspelt option would test nothing.
"""

import atexit
import functools
import itertools
import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from cookiecutter.main import cookiecutter

ROOT = Path(__file__).parents[2]
TREE = ROOT / "{{cookiecutter.project_slug}}"
PARTS = ("cookiecutter.json", "local_extensions.py", "hooks", f":(literal){TREE.name}")

Answer = str | bool


def raw_context() -> dict[str, Any]:
    """Return `cookiecutter.json` as it stands, private entries included."""
    context: dict[str, Any] = json.loads((ROOT / "cookiecutter.json").read_text("utf-8"))
    return context


def questions() -> dict[str, Any]:
    """Return every question with its default; the default of a choice is the list of choices."""
    return {name: value for name, value in raw_context().items() if not name.startswith("_")}


def values(name: str) -> list[Answer]:
    """Return all values of a yes/no question or a choice; raise ValueError for any other."""
    default = questions().get(name)
    if isinstance(default, bool):
        return [False, True]
    if isinstance(default, list):
        return list(default)
    message = f"{name} is no yes/no question and no choice"
    raise ValueError(message)


def all_options() -> dict[str, Answer]:
    """Return the answers that switch every yes/no question on."""
    return {name: True for name, default in questions().items() if isinstance(default, bool)}


def combinations(names: Iterable[str]) -> Iterator[dict[str, Answer]]:
    """Yield every combination of the values of these yes/no questions and choices."""
    names = list(names)
    for row in itertools.product(*map(values, names)):
        yield dict(zip(names, row, strict=True))


def checked(answers: dict[str, Answer]) -> dict[str, Answer]:
    """Return the answers unchanged; raise ValueError for an unknown name or choice."""
    for name, answer in answers.items():
        if name not in questions():
            message = f"cookiecutter.json asks no question {name!r}"
            raise ValueError(message)
        if isinstance(questions()[name], bool | list) and answer not in values(name):
            message = f"{answer!r} is no value of {name}: {values(name)}"
            raise ValueError(message)
    return answers


def copy_template(destination: Path) -> Path:
    """Copy what git would hand to a user, uncommitted work included, caches and `.env` not."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", *PARTS]
    listing = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
    for name in listing.decode().split("\0"):
        source = ROOT / name
        if name and "__pycache__" not in source.parts and source.is_file():
            target = destination / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target)
    return destination


@functools.cache
def template() -> Path:
    """Return the copy of the template that this process generates from."""
    folder = tempfile.mkdtemp(prefix="template-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return copy_template(Path(folder) / "secure-drf")


def isolated_config(folder: Path) -> Path:
    """Write a user configuration that keeps cookiecutter's own files inside the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    config = folder / "cookiecutter.yaml"
    places = {"cookiecutters_dir": str(folder / "clones"), "replay_dir": str(folder / "replay")}
    config.write_text(json.dumps(places), encoding="utf-8")
    return config


def bake(destination: Path, **answers: Answer) -> Path:
    """Generate a project below `destination` and return its folder.

    Raises ValueError for an unknown answer, and what cookiecutter raises when it fails.
    """
    with tempfile.TemporaryDirectory(prefix="cookiecutter-") as folder:
        project = cookiecutter(
            str(template()),
            no_input=True,
            extra_context=checked(answers),
            output_dir=str(destination),
            config_file=str(isolated_config(Path(folder))),
        )
    return Path(project)
