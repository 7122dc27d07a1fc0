"""The service with low limits, reached directly and through a proxy that it trusts."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from functools import partial

import pytest

from tests.credentials.deployment import Deployment, Running
from tests.fire.disguises import Disguise, direct, proxied, subscriber
from tests.fire.patience import Patience
from tests.fire.rounds import Losses, Rounds

OF_NETWORK, OF_ACCOUNT, OF_LOGINS = 160, 40, 10
LOGIN_PERIOD = 60  # seconds
LIMITS = {
    "THROTTLE_ANON": f"{OF_NETWORK}/hour",
    "THROTTLE_USER": f"{OF_ACCOUNT}/hour",
    "THROTTLE_LOGIN": f"{OF_LOGINS}/minute",
}
ROUNDS, ALL_ROUNDS = 9, 50


@pytest.fixture(scope="session")
def reached_directly(
    deployment: Deployment, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Running]:
    log = tmp_path_factory.mktemp("direct") / "log"
    with deployment.running(log, TRUSTED_PROXY_COUNT="0", **LIMITS) as service:
        yield service


@pytest.fixture(scope="session")
def behind_proxy(
    deployment: Deployment, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Running]:
    log = tmp_path_factory.mktemp("proxied") / "log"
    with deployment.running(log, TRUSTED_PROXY_COUNT="1", **LIMITS) as service:
        yield service


@pytest.fixture(scope="session")
def for_logins(
    deployment: Deployment, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[list[Running]]:
    """Yield both again, where tries that find it busy do not use up what anonymous ones have."""
    limits = LIMITS | {"THROTTLE_ANON": "1000000/hour"}
    folder = tmp_path_factory.mktemp("logins")
    with (
        deployment.running(folder / "direct", TRUSTED_PROXY_COUNT="0", **limits) as one,
        deployment.running(folder / "proxied", TRUSTED_PROXY_COUNT="1", **limits) as other,
    ):
        yield [one, other]


@pytest.fixture(scope="session")
def patience(behind_proxy: Running, canary: str) -> Iterator[Patience]:
    patient = Patience(behind_proxy.caller.port, OF_LOGINS, canary)
    yield patient
    patient.waiting.join()


@pytest.fixture
def rounds(
    request: pytest.FixtureRequest,
    reached_directly: Running,
    behind_proxy: Running,
    patience: Patience,
) -> Rounds:
    """Return rounds of bursts: direct, through a proxy, from one IPv6 subscriber, and again."""
    assert patience.waiting  # a minute, which these rounds fill
    return rounds_at(request, reached_directly, behind_proxy)


@pytest.fixture
def rounds_of_logins(request: pytest.FixtureRequest, for_logins: list[Running]) -> Rounds:
    """Return such rounds for passwords."""
    return rounds_at(request, *for_logins)


def rounds_at(
    request: pytest.FixtureRequest, reached_directly: Running, behind_proxy: Running
) -> Rounds:
    losses = [
        Losses(running.service.log, running.caller.port)
        for running in (reached_directly, behind_proxy)
    ]
    kinds: list[tuple[Callable[[], Disguise], Losses]] = [
        (partial(direct, losses[0].port), losses[0]),
        (partial(proxied, losses[1].port), losses[1]),
        (partial(subscriber, losses[1].port), losses[1]),
    ]
    return Rounds(kinds, ALL_ROUNDS if request.config.getoption("every_round") else ROUNDS)


@pytest.fixture(scope="session")
def canary(deployment: Deployment) -> str:
    """Return a secret that all invented ones contain, so that one search finds each of them."""
    secret = secrets.token_urlsafe(32)
    deployment.ledger.keep("invented", secret)
    return secret
