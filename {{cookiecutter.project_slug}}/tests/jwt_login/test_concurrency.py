# option: jwt
"""A refresh token works once, even when 16 clients use it at the same moment.

Real threads with a connection each, on PostgreSQL if DATABASE_URL names one.
"""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.db import connections
from pytest_django import Settings

from jwt_login.models import JwtLogin
from jwt_login.services import TokenPair
from tests.jwt_login import calls, forging
from tests.lines import Lines
from tests.threads import database_for_threads

CLIENTS = 16
ROUNDS = range(5)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def shared_pair(
    pair: TokenPair, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[TokenPair]:
    """A login in a database that every thread can open."""
    with database_for_threads(tmp_path, monkeypatch):
        yield pair


def at_once(token: str) -> list[Any]:
    """Refresh with one token from every client, none before all are ready."""
    ready = Barrier(CLIENTS)

    def client(_: int) -> Any:
        connections["default"].ensure_connection()
        ready.wait()
        try:
            return calls.refresh(token)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(CLIENTS) as pool:
        return list(pool.map(client, range(CLIENTS)))


@pytest.mark.parametrize("_round", ROUNDS)
def test_of_16_refreshes_at_once_one_wins_and_the_login_ends(
    _round: int,
    shared_pair: TokenPair,
    events: Lines,
) -> None:
    answers = at_once(shared_pair.refresh)
    assert sorted(answer.status_code for answer in answers) == [200] + [401] * (CLIENTS - 1)
    winner = next(answer.json() for answer in answers if answer.status_code == 200)
    assert JwtLogin.objects.get().revoked_at is not None
    assert calls.call(winner["access"]).status_code == 401
    assert calls.refresh(winner["refresh"]).status_code == 401
    # 15 are refused, one of them for the reuse, and then both tokens of the winner.
    assert Counter(calls.names(events)) == {"authn_token_reuse": 1, "authz_fail": CLIENTS}


@pytest.mark.parametrize("_round", ROUNDS)
def test_of_16_refreshes_within_the_grace_all_get_the_same_child(
    _round: int,
    shared_pair: TokenPair,
    events: Lines,
    settings: Settings,
) -> None:
    settings.JWT_REFRESH_GRACE_SECONDS = 30
    answers = at_once(shared_pair.refresh)
    assert [answer.status_code for answer in answers] == [200] * CLIENTS
    children = {forging.parts(answer.json()["refresh"])[1]["jti"] for answer in answers}
    assert children == {str(JwtLogin.objects.get().current_refresh_id)}
    assert calls.names(events) == []
