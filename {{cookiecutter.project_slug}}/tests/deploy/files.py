"""Reads the files under deploy/ for the tests beside it."""

import os
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

PROJECT = Path(__file__).resolve().parents[2]
DEPLOY = PROJECT / "deploy"

Fields = dict[str, Any]


def documents(path: Path) -> list[Fields]:
    """Parse every document of a YAML file; a variable of Compose has its default."""
    text = re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", path.read_text("utf-8"))
    return [document for document in yaml.safe_load_all(text) if document]


def compose() -> Fields:
    """Return the compose file together with the one that it includes."""
    whole = documents(DEPLOY / "compose.yaml")[0]
    for name in whole["include"]:
        for section, entries in documents(DEPLOY / name)[0].items():
            whole[section] = whole.get(section, {}) | entries
    return whole


# option: kubernetes
def manifests() -> list[Fields]:
    """Return every Kubernetes object, without kustomize's own files."""
    return [
        document
        for path in sorted((DEPLOY / "kubernetes").rglob("*.yaml"))
        if path.name != "kustomization.yaml"
        for document in documents(path)
    ]


def pods() -> dict[str, Fields]:
    """Return the pod template of every object that starts pods, by component."""
    found = {}
    for manifest in manifests():
        spec = manifest.get("spec", {})
        spec = spec.get("jobTemplate", {}).get("spec", spec)
        if "template" in spec:
            labels = spec["template"]["metadata"]["labels"]
            found[labels["app.kubernetes.io/component"]] = spec["template"]["spec"]
    return found


def literals(folder: str) -> dict[str, str]:
    """Return what the kustomization of a folder writes to its ConfigMap."""
    (kustomization,) = documents(DEPLOY / "kubernetes" / folder / "kustomization.yaml")
    (generator,) = kustomization["configMapGenerator"]
    return dict(line.split("=", maxsplit=1) for line in generator["literals"])


# end option
def documented_variables() -> set[str]:
    """Return the names that .env.example explains."""
    text = (PROJECT / ".env.example").read_text("utf-8")
    return set(re.findall(r"^([A-Z][A-Z0-9_]*)=", text, re.MULTILINE))


def without_file_suffix(names: Mapping[str, Any]) -> set[str]:
    """Return what is set, be it by value or by the path of a file."""
    return {name.removesuffix("_FILE") for name in names}


def run(*command: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a program of this project in an environment of its own; PATH is the only thing kept."""
    return subprocess.run(  # noqa: S603 - the project's own programs
        command,
        capture_output=True,
        check=False,
        cwd=PROJECT,
        env={"PATH": os.environ["PATH"]} | environment,
        text=True,
        timeout=60,
    )
