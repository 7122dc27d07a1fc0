"""A machine that was set up as docs/deployment.md says."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.generation.answers import all_options, bake
from tests.matrix.environments import environment, lines
from tests.operations.containers import Addresses
from tests.operations.machine import Machine
from tests.operations.page import paste
from tests.operations.stand_in import docker
from tests.operations.typed import Typed
from tests.servers import postgresql, redis_server
from tests.servers.process import free_port, unprivileged
from tests.smoke.client import Client
from tests.smoke.service import ACCOUNTS

NO_LIMIT = "1000000/minute"


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "thorough: takes minutes; run with --every-round")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave what takes minutes to `./run test-all`."""
    if not config.getoption("every_round"):
        items[:] = [item for item in items if item.get_closest_marker("thorough") is None]


@pytest.fixture(scope="session")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    """Return what runs after `deploy/prepare.sh` and `docker compose up`."""
    answers = all_options() | {"django_version": lines()[0], "ci_provider": "none"}
    project = bake(tmp_path_factory.mktemp("operations"), **answers)
    programs = postgresql.system_programs() or postgresql.wheel_programs()
    assert programs, postgresql.NOT_FOUND
    with (
        postgresql.own_server(programs) as url,
        tempfile.TemporaryDirectory(prefix="secure-drf-operations-") as name,
    ):
        folder = Path(name)
        folder.chmod(0o755)
        made = machine_in(folder, project, programs, url)
        with docker(folder, Typed(made).answer):
            try:
                set_up(made, folder, url)
                yield made
            finally:
                made.stop_service()
                made.redis_life.close()


def machine_in(folder: Path, project: Path, programs: Path, url: str) -> Machine:
    ports = Addresses(int(url.rpartition(":")[2].partition("/")[0]), free_port())
    own = folder / "redis"
    own.mkdir()
    unprivileged().own(own)
    users = own / "users"

    def redis() -> list[str]:
        users.write_bytes((project / "deploy" / "private" / "redis_users").read_bytes())
        program = str(redis_server.any_program())
        options = {"port": ports.redis, "bind": "127.0.0.1", "aclfile": users, "save": ""}
        return [program, *[str(word) for k, v in options.items() for word in (f"--{k}", v)]]

    documented = (project / ".env.example").read_text("utf-8")
    limits = dict.fromkeys(re.findall(r"^(THROTTLE_\w+)=", documented, re.MULTILINE), NO_LIMIT)
    installed = environment(lines()[0])
    client = Client(free_port())
    return Machine(installed, project, ports, programs, redis, client, limits, folder / "log")


def set_up(machine: Machine, folder: Path, url: str) -> None:
    """Do the steps of deployment.md that the compose files do in their order."""
    paste(machine.project, folder, "deploy/prepare.sh")
    with psycopg.connect(url, autocommit=True) as connection:
        password = machine.secret("superuser_password")
        connection.execute("CREATE DATABASE service")
        connection.execute(f"ALTER ROLE postgres PASSWORD '{password}'")
    machine.start_redis()
    paste(machine.project, folder, "compose run --rm roles\ncompose run --rm migrate")
    variables = machine.environment("service")
    command = ("python", "manage.py", "shell", "-c", ACCOUNTS)
    machine.installed.run(machine.project, *command, variables=variables)
    machine.start_service()
