# option: token_expiry
"""TOKEN_IDLE_HOURS: a token that nobody uses ends before its time, and never after it."""

from datetime import UTC, datetime, timedelta

import pytest
from pytest_django import Settings
from rest_framework.test import APIClient
from time_machine import TimeMachineFixture

from accounts.models import User
from tests.accounts.logins import bearing
from tests.conftest import ME
from tokens.services import create_token

START = datetime(2030, 1, 1, 12, tzinfo=UTC)
IDLE = timedelta(hours=2)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def caller(anna: User, settings: Settings, time_machine: TimeMachineFixture) -> APIClient:
    """A caller whose token was made at START, lives four hours, and may rest for two."""
    time_machine.move_to(START, tick=False)
    settings.TOKEN_LIFETIME_HOURS = 4
    settings.TOKEN_IDLE_HOURS = 2
    return bearing(f"Token {create_token(anna, '')[1]}")


def status_at(caller: APIClient, time_machine: TimeMachineFixture, age: timedelta) -> int:
    time_machine.move_to(START + age, tick=False)
    return caller.get(ME).status_code


def test_an_unused_token_ends(caller: APIClient, time_machine: TimeMachineFixture) -> None:
    assert status_at(caller, time_machine, IDLE) == 401


def test_use_gives_it_more_time(caller: APIClient, time_machine: TimeMachineFixture) -> None:
    assert status_at(caller, time_machine, IDLE - MINUTE) == 200
    assert status_at(caller, time_machine, 2 * (IDLE - MINUTE)) == 200


def test_use_does_not_move_the_absolute_end(
    caller: APIClient, time_machine: TimeMachineFixture
) -> None:
    for age in (IDLE - MINUTE, 2 * (IDLE - MINUTE)):
        assert status_at(caller, time_machine, age) == 200
    assert status_at(caller, time_machine, 2 * IDLE) == 401


def test_without_the_setting_rest_ends_nothing(
    caller: APIClient, settings: Settings, time_machine: TimeMachineFixture
) -> None:
    settings.TOKEN_IDLE_HOURS = 0
    assert status_at(caller, time_machine, 2 * IDLE - MINUTE) == 200
