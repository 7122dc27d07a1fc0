"""A login is refused when too many are under way, and the rest of the service answers."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from itertools import islice
from pathlib import Path

import pytest
from django.db import connections
from django.utils.module_loading import import_string
from pytest_django import DjangoAssertNumQueries, Settings
from rest_framework.test import APIClient

from accounts.hash_pool import HashPool
from accounts.hashers import OlderPBKDF2PasswordHasher
from accounts.models import User
from config.settings import passwords, server
from guard.exceptions import Busy
from tests.accounts.doors import DOORS, Door, at_every_door
from tests.accounts.hashing import HELD, SAFETY_SECONDS, HeldHasher, full
from tests.conftest import ME, PASSWORD, Caller
from tests.lines import Lines
from tests.threads import database_for_threads

CHANGE = "/api/v1/auth/password/"
SALT = "a-salt-of-known-length"
PLACES = 2
SERVER_THREADS = 4
LOGINS = 2 * SERVER_THREADS
REFUSED = LOGINS - PLACES


@pytest.fixture
def pool(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[HashPool]:
    """The pool of the service, and a hasher that takes part in it and can be held."""
    pool = HashPool(hashes=1, callers=PLACES)
    for user in ("accounts.backends", "accounts.hashers"):
        monkeypatch.setattr(f"{user}.hash_pool", lambda: pool)
    settings.PASSWORD_HASHERS = [HELD]
    HeldHasher.hashes = 0
    HeldHasher.go.set()
    yield pool
    HeldHasher.go.set()


@pytest.mark.parametrize("path", passwords.PASSWORD_HASHERS)
def test_every_hasher_takes_part(
    pool: HashPool, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(OlderPBKDF2PasswordHasher, "iterations", 1000)
    hasher = import_string(path)()
    encoded = hasher.encode(PASSWORD, SALT)
    assert hasher.verify(PASSWORD, encoded)
    with full(pool, PLACES):
        with pytest.raises(Busy):
            hasher.encode(PASSWORD, SALT)
        with pytest.raises(Busy):
            hasher.verify(PASSWORD, encoded)


def test_something_is_left_for_the_rest_of_the_service() -> None:
    assert 1 <= passwords.HASH_CALLERS_AT_ONCE <= max(1, server.SERVER_THREADS // 2)
    assert passwords.HASHES_AT_ONCE >= 1


@at_every_door
def test_a_login_too_many_is_503_and_hashes_nothing(
    client: APIClient, pool: HashPool, staff: User, door: Door, events: Lines
) -> None:
    before = HeldHasher.hashes
    with full(pool, PLACES):
        answer = door.knock(client, "staff", PASSWORD)
    assert answer.status_code == 503
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "busy"
    assert int(answer["Retry-After"]) >= 1
    assert HeldHasher.hashes == before
    assert events.names == []
    assert door.knock(client, "staff", PASSWORD).status_code == door.right


@at_every_door
@pytest.mark.django_db
def test_refusing_a_login_too_many_costs_no_query_and_counts_nothing(
    client: APIClient,
    pool: HashPool,
    door: Door,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    monkeypatch.setattr("accounts.backends.counted_try", None)
    with full(pool, PLACES), django_assert_num_queries(0):
        assert door.knock(client, "staff", PASSWORD).status_code == 503


def test_a_password_change_too_many_is_503_and_changes_nothing(
    call_as: Caller, pool: HashPool, anna: User
) -> None:
    body = {"current_password": PASSWORD, "new_password": "another correct horse"}
    with full(pool, PLACES):
        assert call_as(anna).post(CHANGE, body).status_code == 503
    assert call_as(anna).post(CHANGE, body).status_code == 204


@pytest.fixture
def _threads_share_the_database(
    anna: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    with database_for_threads(tmp_path, monkeypatch):
        yield


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("pool", "_threads_share_the_database")
def test_the_rest_answers_while_logins_wait(call_as: Caller, anna: User) -> None:
    caller = call_as(anna)
    caller.get(ME)  # writes when the token was used

    def log_in(number: int) -> int:
        try:
            door, address = DOORS["api token"], f"198.51.100.{number}"
            status: int = door.knock(APIClient(), "nobody", "wrong", address).status_code
            return status
        finally:
            connections.close_all()

    def me() -> int:
        try:
            return caller.get(ME).status_code
        finally:
            connections.close_all()

    HeldHasher.go.clear()
    with ThreadPoolExecutor(SERVER_THREADS) as server:
        try:
            logins = [server.submit(log_in, number) for number in range(LOGINS)]
            rest: Future[int] = server.submit(me)
            refused = [
                login.result() for login in islice(as_completed(logins, SAFETY_SECONDS), REFUSED)
            ]
            assert refused == [503] * REFUSED
            assert rest.result(SAFETY_SECONDS) == 200
        finally:
            HeldHasher.go.set()
    assert Counter(login.result() for login in logins) == {401: PLACES, 503: REFUSED}
