"""Generates each combination once for all pytest workers."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

from tests.generation.answers import bake
from tests.matrix.combinations import Answers
from tests.matrix.environments import locked


class Projects:
    """The projects that this run has generated so far, below one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, answers: Answers) -> Path:
        """Return the project of these answers; a test must leave it as it is."""
        key = sha256(json.dumps(answers, sort_keys=True).encode()).hexdigest()[:16]
        place = self.folder / key
        with locked(place.with_suffix(".lock")):
            finished = place / "finished"
            if not finished.exists():
                project = bake(place, **answers)
                finished.write_text(project.name)
        return place / finished.read_text()


def files(project: Path) -> list[str]:
    """Return the paths of all files of a project, relative and with `/`, sorted."""
    found = (path for path in project.rglob("*") if not path.is_dir())
    return sorted(path.relative_to(project).as_posix() for path in found)
