"""When a token was last used is noted, and not with every request."""

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from time_machine import TimeMachineFixture

from accounts.models import User
from tests.accounts.logins import bearing
from tests.conftest import ME
from tokens.services import create_token

PERIOD = timedelta(minutes=5)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(("pause", "noted"), [(PERIOD - SECOND, False), (PERIOD, True)])
def test_use_is_noted_at_most_once_in_five_minutes(
    anna: User,
    time_machine: TimeMachineFixture,
    django_assert_num_queries: DjangoAssertNumQueries,
    pause: timedelta,
    noted: bool,  # noqa: FBT001 - a column of the table
) -> None:
    start = timezone.now()
    time_machine.move_to(start, tick=False)
    token, text = create_token(anna, "")
    assert token.last_used_at is None
    caller = bearing(f"Token {text}")
    assert caller.get(ME).status_code == 200
    time_machine.shift(pause)
    with django_assert_num_queries(1 + noted):
        assert caller.get(ME).status_code == 200
    token.refresh_from_db()
    assert token.last_used_at == start + (pause if noted else timedelta())
