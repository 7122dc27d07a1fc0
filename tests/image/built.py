"""A generated project, locked, and the image that its Dockerfile makes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tests.generation.answers import Answer, all_options, bake, questions
from tests.image import bases
from tests.image.engine import Engine, engine
from tests.matrix import combinations

COMBINATIONS: dict[str, dict[str, Answer]] = {"defaults": {}, "everything": all_options()}


@dataclass(frozen=True)
class Built:
    """A project and its image."""

    engine: Engine
    project: Path
    image: str
    chosen: dict[str, bool]

    @property
    def added_megabytes(self) -> float:
        """What the image holds besides its base."""
        return self.engine.megabytes(self.image) - self.engine.megabytes(bases.PYTHON)


def compose_files(project: Path) -> list[dict[str, Any]]:
    """Parse the compose files of a project."""
    paths = sorted((project / "deploy").glob("compose*.yaml"))
    return [yaml.safe_load(path.read_text("utf-8")) for path in paths]


def services(project: Path) -> dict[str, dict[str, Any]]:
    """Return the services of all compose files, by name."""
    return {
        name: service
        for file in compose_files(project)
        for name, service in file["services"].items()
    }


@cache
def build(name: str, folder: Path) -> Built:
    """Generate the project of a combination of answers, lock it and build its image."""
    made, answers = engine(), COMBINATIONS[name]
    project = bake(folder, **answers)
    made("uv", "lock", "--quiet", "--project", str(project))
    image = services(project)["service"]["image"]
    base = bases.python(made)
    dockerfile = project / "deploy" / "Dockerfile"
    made.build(project, dockerfile, image, f"--build-arg=PYTHON_IMAGE={base}")
    defaults = {key: _default(value) for key, value in questions().items()}
    return Built(made, project, image, combinations.names(defaults | answers))


def _default(value: Any) -> Answer:
    """Return what a question is answered with when nobody does."""
    chosen: Answer = value[0] if isinstance(value, list) else value
    return chosen
