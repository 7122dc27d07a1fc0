"""What other people's linters say of the files of a deployment: nothing."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.generation.answers import bake
from tests.image.built import COMBINATIONS, services

CHECKOV = "checkov ~= 3.3"


@pytest.fixture(scope="module", params=COMBINATIONS)
def project(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project with its secrets made."""
    folder = bake(tmp_path_factory.mktemp(request.param), **COMBINATIONS[request.param])
    said(folder, "sh", "deploy/prepare.sh")
    return folder


def said(project: Path, *command: str, **variables: str) -> str:
    """Run a program; return all that it printed, and fail if it failed."""
    done = subprocess.run(
        command,
        cwd=project,
        env=os.environ | variables,
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


def test_hadolint_finds_nothing_in_the_dockerfile(project: Path) -> None:
    assert said(project, "hadolint", "--failure-threshold=style", "deploy/Dockerfile") == ""


def test_checkov_finds_nothing_and_has_looked(project: Path, tmp_path: Path) -> None:
    # An environment of its own: it pins a hundred packages.
    said(
        project,
        *("uv", "tool", "run", "--quiet", "--from", CHECKOV, "checkov", "--quiet"),
        *("--directory=.", "--skip-path=deploy/private", "--framework=dockerfile,secrets"),
        *("--skip-download", "--soft-fail", "--output=json", f"--output-file-path={tmp_path}"),
    )
    found = json.loads((tmp_path / "results_json.json").read_text())
    reports: list[dict[str, Any]] = found if isinstance(found, list) else [found]
    assert [check for report in reports for check in report["results"]["failed_checks"]] == []
    assert sum(report["summary"]["passed"] for report in reports) > 20


def test_docker_compose_reads_the_files_without_a_word(project: Path) -> None:
    command = ("docker-compose", "--file", "deploy/compose.yaml", "config")
    assert said(project, *command, "--quiet") == ""
    assert set(said(project, *command, "--services").split()) == set(services(project))


def test_caddy_reads_the_rules_of_the_proxy_and_keeps_the_limits(project: Path) -> None:
    rules = str(project / "deploy" / "proxy" / "Caddyfile")
    assert services(project)["proxy"]["image"].split(":")[1].split("-")[0] in said(
        project, "caddy", "version"
    )
    said(project, "caddy", "validate", "--adapter=caddyfile", "--config", rules, SERVICE_DOMAIN="a")
    caddy = shutil.which("caddy")
    assert caddy
    adapted = subprocess.run(
        [caddy, "adapt", "--adapter=caddyfile", "--config", rules],
        env=os.environ | {"SERVICE_DOMAIN": "api.example.com"},
        check=True,
        capture_output=True,
        text=True,
    )
    server = json.loads(adapted.stdout)["apps"]["http"]["servers"]["srv0"]
    assert server["protocols"] == ["h1", "h2"]
    assert server["max_header_bytes"] == 16_000
    assert {"read_timeout", "read_header_timeout", "write_timeout", "idle_timeout"} <= server.keys()
    assert '"keep_alive":{"idle_timeout":8000000000}' in adapted.stdout  # less than the service's


def test_the_shell_scripts_parse(project: Path) -> None:
    for script in (project / "deploy").rglob("*.sh"):
        said(project, "sh", "-n", str(script))
