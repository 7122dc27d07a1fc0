# option: kubernetes
"""Overlays: namespaces that refuse unconfined pods, and values that the base knows."""

import re
from pathlib import Path

import pytest

from tests.deploy.files import (
    DEPLOY,
    PROJECT,
    documented_variables,
    documents,
    literals,
    without_file_suffix,
)

OVERLAYS = sorted((DEPLOY / "kubernetes" / "overlays").iterdir())
SECRETS = "/run/secrets/service/"

every_overlay = pytest.mark.parametrize("overlay", OVERLAYS, ids=lambda overlay: overlay.name)


def namespace(overlay: Path) -> str:
    (component,) = documents(overlay / "settings" / "kustomization.yaml")
    name: str = component["namespace"]
    return name


@every_overlay
def test_the_namespace_is_made_and_restricted(overlay: Path) -> None:
    (made,) = documents(overlay / "settings" / "namespace.yaml")
    assert made["metadata"]["name"] == namespace(overlay)
    assert made["metadata"]["labels"]["pod-security.kubernetes.io/enforce"] == "restricted"


def test_installations_do_not_share_a_namespace() -> None:
    assert len({namespace(overlay) for overlay in OVERLAYS}) == len(OVERLAYS) > 1


@every_overlay
def test_migrations_and_service_have_the_same_settings(overlay: Path) -> None:
    for name in ("migrate", "service"):
        (kustomization,) = documents(overlay / name / "kustomization.yaml")
        assert kustomization["components"] == ["../settings"]
        assert f"../../../{name}" in kustomization["resources"]


@every_overlay
def test_an_overlay_sets_only_what_is_read(overlay: Path) -> None:
    for part, known in (
        ("settings", documented_variables()),
        ("service", without_file_suffix(literals("backup"))),
    ):
        folder = f"overlays/{overlay.name}/{part}"
        (kustomization,) = documents(DEPLOY / "kubernetes" / folder / "kustomization.yaml")
        assert kustomization["configMapGenerator"][0]["behavior"] == "merge"
        assert without_file_suffix(literals(folder)) <= known


@every_overlay
def test_a_host_name_is_changed_everywhere(overlay: Path) -> None:
    names = ["ALLOWED_HOSTS"]
    names += ["JWT_AUDIENCE", "JWT_ISSUER"]  # option: jwt
    values = literals(f"overlays/{overlay.name}/settings")
    assert len({values[name].removeprefix("https://") for name in names}) == 1


def test_every_secret_that_is_looked_for_is_in_the_command_that_makes_them() -> None:
    text = (PROJECT / "docs" / "deployment.md").read_text("utf-8")
    _, _, section = text.partition("\n## Kubernetes\n")
    made = set(re.findall(r"--from-file=([a-z_.]+)", section.partition("\n## ")[0]))
    looked_for = {
        value.removeprefix(SECRETS)
        for value in literals("config").values()
        if value.startswith(SECRETS)
    }
    assert made == looked_for | {"password", "ca.crt"}
