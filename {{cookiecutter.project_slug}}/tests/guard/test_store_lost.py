"""Redis is gone: logins wait for it, all else goes on with a limit in each process."""

from collections.abc import Iterator
from typing import Any

import pytest
from limits.errors import StorageError
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from pytest_django import Settings
from rest_framework.test import APIClient

from accounts.models import User
from guard.limits import shared_limiter
from tests.accounts.doors import Door, at_every_door
from tests.conftest import ME, PASSWORD, Caller, Lines, SetRates


class Store(MemoryStorage):
    """A store that may be lost."""

    lost = False

    def acquire_entry(self, *args: Any, **kwargs: Any) -> bool:
        """Fail like one that does not answer."""
        if self.lost:
            raise StorageError(ConnectionError("gone"))
        return super().acquire_entry(*args, **kwargs)


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Store:
    store = Store()
    monkeypatch.setattr("guard.limits.shared_limiter", lambda: MovingWindowRateLimiter(store))
    return store


@pytest.fixture
def _nobody_listens(settings: Settings) -> Iterator[None]:
    """LIMIT_STORE names a port that nobody listens on."""
    settings.LIMIT_STORE = "redis://127.0.0.1:1/0"
    shared_limiter.cache_clear()
    yield
    shared_limiter.cache_clear()


@at_every_door
@pytest.mark.usefixtures("_nobody_listens")
def test_no_password_is_tried_while_tries_cannot_be_counted(
    client: APIClient, staff: User, door: Door
) -> None:
    answer = door.knock(client, "staff", PASSWORD)
    assert answer.status_code == 503
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.usefixtures("_nobody_listens")
def test_all_else_goes_on_with_a_limit_in_the_process(
    client: APIClient, call_as: Caller, anna: User, set_rates: SetRates
) -> None:
    set_rates(anon="3/hour", user="2/hour")
    caller = call_as(anna)
    assert [caller.get(ME).status_code for _ in range(4)] == [200] * 2 + [429] * 2
    assert [client.get("/").status_code for _ in range(5)] == [200] * 3 + [429] * 2


def test_loss_and_return_are_one_event_each_and_need_no_restart(
    client: APIClient, db: None, store: Store, events: Lines
) -> None:
    for lost in (False, True, False):
        store.lost = lost
        assert {client.get("/").status_code for _ in range(5)} == {200}
    assert events.names == ["sys_limit_store_lost", "sys_limit_store_restored"]


def test_logins_work_again_once_the_store_is_back(
    client: APIClient, anna: User, store: Store
) -> None:
    credentials = {"username": "anna", "password": PASSWORD}
    for lost, status in ((True, 503), (False, 201)):
        store.lost = lost
        assert client.post("/api/v1/auth/tokens/", credentials).status_code == status
