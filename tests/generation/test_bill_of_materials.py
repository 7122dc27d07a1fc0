"""`./run sbom` lists what production installs: each package of the lock file that it needs."""

from __future__ import annotations

import json
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.generation.answers import all_options, bake

Package = dict[str, Any]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project with all options and a lock file."""
    folder = bake(tmp_path_factory.mktemp("sbom"), **all_options())
    subprocess.run(["uv", "lock", "--quiet"], cwd=folder, check=True)
    return folder


def bill(project: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["./run", "sbom"], cwd=project, check=False, capture_output=True, text=True
    )


def needed(project: Path) -> set[tuple[str, str]]:
    """Return name and version of all that the project needs, directly or not, from its lock."""
    lock = tomllib.loads((project / "uv.lock").read_text("utf-8"))
    packages: dict[str, Package] = {package["name"]: package for package in lock["package"]}
    (root,) = (name for name, package in packages.items() if "virtual" in package["source"])
    found: set[str] = set()
    waiting: list[Package] = list(packages[root]["dependencies"])
    for extra in packages[root]["optional-dependencies"].values():  # the image has them all
        waiting += extra
    while waiting:
        wanted = waiting.pop()
        package = packages[wanted["name"]]
        extras = [package["optional-dependencies"][extra] for extra in wanted.get("extra", [])]
        if wanted["name"] not in found or extras:
            waiting += package.get("dependencies", [])
            waiting += [dependency for extra in extras for dependency in extra]
        found.add(wanted["name"])
    return {(name, packages[name]["version"]) for name in found}


def test_it_lists_exactly_the_packages_of_production(project: Path) -> None:
    done = bill(project)
    assert done.stderr == ""
    listed = json.loads(done.stdout)
    assert (listed["bomFormat"], listed["specVersion"]) == ("CycloneDX", "1.5")
    assert listed["metadata"]["component"]["name"] == project.name
    components = {(each["name"], each["version"]) for each in listed["components"]}
    assert components == needed(project)
    names = {name for name, _ in components}
    assert {"django", "psycopg-binary", "granian", "cryptography", "sentry-sdk"} <= names
    assert not {"pytest", "mypy", "ruff", "coverage"} & names


def test_each_package_has_the_address_and_digest_that_scanners_ask_for(project: Path) -> None:
    for component in json.loads(bill(project).stdout)["components"]:
        assert component["purl"] == f"pkg:pypi/{component['name']}@{component['version']}"
        files = component["externalReferences"]
        assert all(file["hashes"][0]["alg"] == "SHA-256" for file in files)


def test_it_is_never_made_from_a_lock_file_that_is_missing_or_old(project: Path) -> None:
    settings, lock = project / "pyproject.toml", project / "uv.lock"
    for file, changed in (
        (settings, settings.read_text("utf-8").replace('"redis ~=', '"six",\n  "redis ~=')),
        (lock, ""),
    ):
        kept = file.read_text("utf-8")
        file.write_text(changed)
        assert bill(project).returncode != 0
        file.write_text(kept)
    assert bill(project).returncode == 0
