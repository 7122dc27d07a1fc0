"""A real Prometheus reads the service and its alerts."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from functools import partial
from http import HTTPStatus
from pathlib import Path
from urllib.parse import quote
from urllib.request import urlopen

import pytest

from tests.generation.answers import TREE, all_options, bake
from tests.servers.process import running, unprivileged
from tests.watching.scrape import Watched

INSTALL = "the Debian package `prometheus`, or PATH with prometheus and promtool of a release"
CONFIGURATION = """
global: {{scrape_interval: 500ms, scrape_timeout: 400ms, evaluation_interval: 500ms}}
rule_files: [{rules}]
scrape_configs:
  - job_name: api
    static_configs: [{{targets: ["127.0.0.1:{port}"]}}]
"""


def program(name: str) -> str:
    found = shutil.which(name)
    assert found, f"{name} is missing: install {INSTALL}"
    return found


@pytest.mark.parametrize("chosen", [True, False], ids=["all options", "none"])
def test_each_alert_fires_when_it_should_and_rests_when_not(
    tmp_path: Path, *, chosen: bool
) -> None:
    answers = dict.fromkeys(all_options(), chosen)
    rules = bake(tmp_path, **answers) / "deploy" / "prometheus"
    for command in (("check", "rules", "alerts.yaml"), ("test", "rules", "alerts-test.yaml")):
        done = subprocess.run(
            [program("promtool"), *command],
            cwd=rules,
            check=False,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture
def prometheus(watched: Watched) -> Iterator[int]:
    """Return the port of a Prometheus that watches the service."""
    account = unprivileged()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        account.own(folder)
        command = partial(command_line, folder, watched.port)
        with running(command, account, folder, is_ready) as port:
            yield port


def is_ready(port: int) -> bool:
    """Whether it has read what it was given."""
    try:
        with urlopen(f"http://127.0.0.1:{port}/-/ready") as answer:
            return bool(answer.status == HTTPStatus.OK)
    except OSError:
        return False


def command_line(folder: Path, watched: int, port: int) -> list[str]:
    """Return how to start it with our alerts."""
    rules = folder / "alerts.yaml"
    shutil.copy(TREE / "deploy" / "prometheus" / "alerts.yaml", rules)
    settings = CONFIGURATION.format(rules=rules, port=watched)
    (folder / "prometheus.yaml").write_text(settings, "utf-8")

    return [
        program("prometheus"),
        f"--config.file={folder / 'prometheus.yaml'}",
        f"--storage.tsdb.path={folder / 'data'}",
        f"--web.listen-address=127.0.0.1:{port}",
    ]


def asked(port: int, query: str) -> float:
    """Return the value of a query once there is one."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        with urlopen(f"http://127.0.0.1:{port}/api/v1/query?query={quote(query)}") as answer:
            found = json.load(answer)["data"]["result"]
        if found:
            return float(found[0]["value"][1])
        time.sleep(0.2)
    message = f"nothing is known of {query}"
    raise AssertionError(message)


def test_prometheus_reads_the_service(watched: Watched, prometheus: int) -> None:
    assert asked(prometheus, 'up{job="api"} == 1') == 1
    assert asked(prometheus, 'sum(http_request_threads{job="api"})') == 8
    watched.running.caller.get("/nothing-like-this")
    counted = 'http_requests_total{job="api",route="none",method="GET",status="404"}'
    assert asked(prometheus, f"{counted} >= 1") >= 1
    assert asked(prometheus, 'count(security_events_total{event="sys_startup"} == 1)') == 1
    with urlopen(f"http://127.0.0.1:{prometheus}/api/v1/rules") as answer:
        groups = json.load(answer)["data"]["groups"]
    rules = [rule for group in groups for rule in group["rules"]]
    assert {rule["health"] for rule in rules} <= {"ok", "unknown"}
    assert len(rules) == 14
