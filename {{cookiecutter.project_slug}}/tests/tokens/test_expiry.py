# option: token_expiry
"""API tokens end: TOKEN_LIFETIME_HOURS after the login, however often they are used."""

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone
from rest_framework.test import APIClient
from time_machine import TimeMachineFixture

from accounts.models import User
from tests.accounts.logins import bearing
from tests.conftest import ME, PASSWORD
from tokens.models import ApiToken
from tokens.services import create_token

START = datetime(2030, 1, 1, 12, tzinfo=UTC)
LIFETIME = timedelta(hours=settings.TOKEN_LIFETIME_HOURS)
SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def _time_stands_still(time_machine: TimeMachineFixture) -> None:
    time_machine.move_to(START, tick=False)


def test_a_login_says_when_its_token_ends(client: APIClient, anna: User) -> None:
    credentials = {"username": "anna", "password": PASSWORD}
    answer = client.post("/api/v1/auth/tokens/", credentials).json()
    assert datetime.fromisoformat(answer["expires_at"]) == START + LIFETIME


@pytest.mark.parametrize(
    ("age", "status"), [(LIFETIME - SECOND, 200), (LIFETIME, 401), (LIFETIME + SECOND, 401)]
)
def test_a_token_works_until_its_end_and_not_a_second_longer(
    anna: User, time_machine: TimeMachineFixture, age: timedelta, status: int
) -> None:
    caller = bearing(f"Token {create_token(anna, '')[1]}")
    time_machine.move_to(START + age, tick=False)
    assert caller.get(ME).status_code == status


def test_using_a_token_does_not_move_its_end(anna: User, time_machine: TimeMachineFixture) -> None:
    caller = bearing(f"Token {create_token(anna, '')[1]}")
    time_machine.move_to(START + LIFETIME - SECOND, tick=False)
    assert caller.get(ME).status_code == 200
    time_machine.move_to(START + LIFETIME, tick=False)
    assert caller.get(ME).status_code == 401


def test_a_token_without_an_end_counts_as_expired(anna: User) -> None:
    caller = bearing(f"Token {create_token(anna, '')[1]}")
    ApiToken.objects.update(expires_at=None)
    assert caller.get(ME).status_code == 401


def test_the_purge_takes_expired_tokens_and_no_other(
    anna: User, capsys: pytest.CaptureFixture[str]
) -> None:
    ends = {"old": -timedelta(days=1), "now": timedelta(), "soon": SECOND, "new": LIFETIME}
    for name, rest in ends.items():
        token, _ = create_token(anna, name)
        ApiToken.objects.filter(pk=token.pk).update(expires_at=timezone.now() + rest)
    call_command("purge_tokens")
    assert set(ApiToken.objects.values_list("name", flat=True)) == {"soon", "new"}
    assert "2 expired token(s) deleted." in capsys.readouterr().out
