"""A project cannot be named like something it contains or depends on."""

import itertools
import re
import tomllib

from hooks.pre_gen_project import RESERVED_SLUGS
from tests.generation.answers import TREE, template


def normalized(name: str) -> str:
    """Return the name as package indexes compare names: PEP 503."""
    return re.sub("[-_.]+", "-", name).lower()


def test_no_dependency_can_be_the_projects_name() -> None:
    project = tomllib.loads((template() / TREE.name / "pyproject.toml").read_text("utf-8"))
    declared = project["project"]
    groups = [
        declared["dependencies"],
        *declared["optional-dependencies"].values(),
        *project["dependency-groups"].values(),
    ]
    listed = itertools.chain.from_iterable(groups)
    names = {normalized(re.split(r"[^\w.-]", requirement, maxsplit=1)[0]) for requirement in listed}
    assert sorted(names - RESERVED_SLUGS) == []


def test_no_folder_of_the_project_can_be_its_name() -> None:
    folders = {
        normalized(path.name) for path in (template() / TREE.name).iterdir() if path.is_dir()
    }
    assert sorted(folder for folder in folders - RESERVED_SLUGS if folder[0].isalpha()) == []
