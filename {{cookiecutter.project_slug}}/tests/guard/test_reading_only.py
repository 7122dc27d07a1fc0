"""READ_ONLY: what reads works without a single write, as on a replica."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.management import call_command  # option: token_expiry or jwt
from django.db import connection
from pytest_django import Settings
from rest_framework.test import APIClient

from accounts.models import User
from tests.accounts.doors import Door, at_every_door
from tests.accounts.logins import alive, every_login, in_session
from tests.conftest import ME, PASSWORD, SetRates
from tests.guard.test_read_only import is_refused
from tests.test_closed_by_default import ADMINS, OWN
from tokens.models import ApiToken

OnlyReading = Callable[[], None]


@pytest.fixture(autouse=True)
def _no_limits(set_rates: SetRates) -> None:
    set_rates(anon="100000/hour", user="100000/hour")


@pytest.fixture
def only_reading(settings: Settings, db: None) -> Iterator[OnlyReading]:
    """Give what switches the mode on; from then on the database refuses to write."""

    def no_write(execute: Any, sql: str, *rest: Any) -> Any:
        assert sql.startswith("SELECT"), sql
        return execute(sql, *rest)

    wrapper = connection.execute_wrapper(no_write)

    def switch_on() -> None:
        settings.READ_ONLY = True
        wrapper.__enter__()

    yield switch_on
    if settings.READ_ONLY:
        wrapper.__exit__(None, None, None)


def test_every_route_is_read_without_a_write(only_reading: OnlyReading, staff: User) -> None:
    logins = every_login(staff)
    only_reading()
    for login in logins.values():
        assert [route for route in OWN if login.get(f"/{route}").status_code >= 500] == []
    pages = [route for route in ADMINS if logins["session"].get(f"/{route}").status_code >= 500]
    assert pages == []
    assert APIClient().get("/readyz").status_code == 200
    assert APIClient().get("/nothing/here").status_code == 404


def test_whoever_is_logged_in_stays_so(only_reading: OnlyReading, anna: User) -> None:
    logins = every_login(anna)
    only_reading()
    assert alive(logins) == set(logins)
    assert ApiToken.objects.get().last_used_at is None


def test_a_session_that_an_older_key_signed_is_read(
    only_reading: OnlyReading, anna: User, settings: Settings
) -> None:
    browser = in_session(anna)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-key-of-these-tests"
    only_reading()
    assert browser.get(ME).status_code == 200
    assert browser.get(ME).status_code == 200


def test_a_session_that_is_over_is_nobody_and_no_fault(
    only_reading: OnlyReading, anna: User
) -> None:
    browser, lost = in_session(anna), in_session(anna)
    anna.set_password(f"{PASSWORD} and another")
    anna.save()
    only_reading()
    assert browser.get(ME).status_code == 401
    assert lost.get("/nothing/here").status_code == 404


@at_every_door
def test_nobody_logs_in(
    only_reading: OnlyReading, client: APIClient, staff: User, door: Door
) -> None:
    only_reading()
    assert is_refused(door.knock(client, "staff", PASSWORD))


# option: token_expiry or jwt
@pytest.mark.parametrize(
    "command",
    [
        "purge_tokens",  # option: token_expiry
        "purge_jwt_logins",  # option: jwt
    ],
)
def test_nothing_is_purged(
    only_reading: OnlyReading, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    only_reading()
    call_command(command)
    assert "nothing is deleted" in capsys.readouterr().out


# end option
