"""A service with every option and one with none, each started once for a pytest worker."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.generation.answers import all_options, bake
from tests.matrix import combinations, production
from tests.matrix.combinations import Answers
from tests.matrix.environments import Environment, environment
from tests.servers import postgresql
from tests.smoke import service as services
from tests.smoke.client import Client
from tests.smoke.service import Service

LINE = "5.2 LTS"
# Low enough to be reached in a test, high enough for all others.
LIMITS = {"THROTTLE_USER": "60/hour"}
BEHIND_PROXY = {"BEHIND_TLS_PROXY": "1"}


@dataclass(frozen=True)
class Deployment:
    """A generated service that is ready to start, and what it is started with."""

    installed: Environment
    project: Path
    variables: dict[str, str]

    @contextmanager
    def running(self, folder: Path, **changed: str) -> Iterator[Service]:
        """Run it until the block ends, some variables `changed`."""
        variables = self.variables | changed
        with services.running(self.installed, self.project, variables, folder / "log") as service:
            yield service


def deploy(folder: Path, answers: Answers, database_url: str, redis_url: str) -> Deployment:
    """Generate a service and bring its database and static files up."""
    installed = environment(LINE)
    project = bake(folder, **answers, django_version=LINE)
    chosen = combinations.names(answers | {"django_version": LINE, "ci_provider": "github"})
    variables = production.variables(chosen, database_url, redis_url) | LIMITS | BEHIND_PROXY
    services.prepare(installed, project, variables)
    return Deployment(installed, project, variables)


@pytest.fixture(scope="session")
def deployment(
    tmp_path_factory: pytest.TempPathFactory, postgres_base_url: str, redis_base_url: str
) -> Iterator[Deployment]:
    """Service with every option on, on a database of its own."""
    with postgresql.database(postgres_base_url) as database_url:
        folder = tmp_path_factory.mktemp("all")
        yield deploy(folder, all_options(), database_url, redis_base_url)


@pytest.fixture(scope="session")
def bare_deployment(
    tmp_path_factory: pytest.TempPathFactory, postgres_base_url: str, redis_base_url: str
) -> Iterator[Deployment]:
    """Service with no option on, on a database of its own."""
    with postgresql.database(postgres_base_url) as database_url:
        answers: Answers = dict.fromkeys(all_options(), False)
        yield deploy(tmp_path_factory.mktemp("none"), answers, database_url, redis_base_url)


@pytest.fixture(scope="session")
def shared_service(
    deployment: Deployment, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Service]:
    with deployment.running(tmp_path_factory.mktemp("service")) as service:
        yield service


@pytest.fixture(scope="session")
def shared_bare_service(
    bare_deployment: Deployment, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Service]:
    with bare_deployment.running(tmp_path_factory.mktemp("bare")) as service:
        yield service


@pytest.fixture
def client(shared_service: Service, redis_url: str) -> Client:
    """Speaks to the service with every option; all limits start from nothing."""
    assert redis_url
    return shared_service.client


@pytest.fixture
def bare_client(shared_bare_service: Service, redis_url: str) -> Client:
    """Speaks to the service with no option; all limits start from nothing."""
    assert redis_url
    return shared_bare_service.client
