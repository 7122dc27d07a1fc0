"""What the tests share: accounts, callers, and limits that start from zero."""

import gc
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from rest_framework.settings import api_settings
from rest_framework.test import APIClient

from accounts.models import User
from guard.limits import counters
from guard.limits.process_store import ProcessStore
from guard.limits.redis_store import RedisStore
from guard.limits.used_up import used_up
from tests.lines import Lines, listen
from tokens.services import create_token

PASSWORD = "correct horse battery staple"
ME = "/api/v1/me/"

MakeUser = Callable[..., User]
Caller = Callable[[User], APIClient]
SetRates = Callable[..., None]


def pytest_collection_finish() -> None:
    """Look for garbage again, which importing the server ends, and not in what is imported."""
    gc.freeze()
    gc.enable()


@pytest.fixture(autouse=True)
def _limits_start_from_zero(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Forget what was counted; where a test moves the time, count here: Redis has its own clock."""
    fresh = {"own_store": ProcessStore()}
    shared = counters.shared_store()
    if isinstance(shared, RedisStore) and "time_machine" not in request.fixturenames:
        for name in shared.client.scan_iter("limit:*"):
            shared.client.delete(name)
    else:
        fresh["shared_store"] = ProcessStore()
    for name, store in fresh.items():
        monkeypatch.setattr(counters, name, lambda store=store, **_: store)
    monkeypatch.setattr(counters, "breaker", counters.Breaker())
    used_up.until.clear()


@pytest.fixture
def set_rates(monkeypatch: pytest.MonkeyPatch) -> SetRates:
    """Set rates for one test, such as `anon="5/minute"`."""

    def set_them(**rates: str) -> None:
        for scope, rate in rates.items():
            monkeypatch.setitem(api_settings.DEFAULT_THROTTLE_RATES, scope, rate)

    return set_them


@pytest.fixture
def make_user(db: None) -> MakeUser:
    """Make an account with PASSWORD."""

    def make(username: str, **fields: Any) -> User:
        return User.objects.create_user(username, password=PASSWORD, **fields)

    return make


@pytest.fixture
def anna(make_user: MakeUser) -> User:
    """An ordinary account."""
    return make_user("anna")


@pytest.fixture
def berta(make_user: MakeUser) -> User:
    """Another ordinary account."""
    return make_user("berta")


@pytest.fixture
def staff(make_user: MakeUser) -> User:
    """An account that may enter the admin and may do everything there."""
    return make_user("staff", is_staff=True, is_superuser=True)


@pytest.fixture
def client() -> APIClient:
    """A caller without credentials."""
    return APIClient()


@pytest.fixture
def call_as() -> Caller:
    """Give a caller that has an API token of the account."""

    def caller(user: User) -> APIClient:
        _, text = create_token(user, "test")
        client = APIClient()
        client.credentials(HTTP_AUTHORIZATION=f"Token {text}")
        return client

    return caller


@pytest.fixture
def events() -> Iterator[Lines]:
    """The security events that the test causes."""
    yield from listen("security")


@pytest.fixture
def log() -> Iterator[Lines]:
    """Every other line that the test causes."""
    yield from listen("")
