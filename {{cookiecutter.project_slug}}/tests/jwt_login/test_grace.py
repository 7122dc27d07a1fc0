# option: jwt
"""The grace window for honest double submits, off by default."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from pytest_django import Settings

from jwt_login import services
from jwt_login.models import JwtLogin
from jwt_login.services import TokenPair
from tests.jwt_login import calls, forging
from tests.lines import Lines

GRACE = 10


@pytest.fixture
def _grace(settings: Settings) -> None:
    settings.JWT_REFRESH_GRACE_SECONDS = GRACE


def jti(token: str) -> str:
    return str(forging.parts(token)[1]["jti"])


def test_there_is_no_grace_by_default(pair: TokenPair, settings: Settings) -> None:
    assert settings.JWT_REFRESH_GRACE_SECONDS == 0
    with time_machine.travel(timezone.now(), tick=False):  # not even within the same instant
        calls.refresh(pair.refresh)
        assert calls.refresh(pair.refresh).status_code == 401


@pytest.mark.usefixtures("_grace")
def test_a_second_use_within_the_grace_gives_the_same_child_again(
    pair: TokenPair, login: JwtLogin, events: Lines
) -> None:
    first = calls.refresh(pair.refresh).json()
    second = calls.refresh(pair.refresh)
    assert second.status_code == 200
    assert jti(second.json()["refresh"]) == jti(first["refresh"])
    login.refresh_from_db()
    assert str(login.current_refresh_id) == jti(first["refresh"])
    assert calls.names(events) == []


@pytest.mark.usefixtures("_grace")
def test_both_answers_of_a_double_submit_go_on_as_one(pair: TokenPair) -> None:
    first, second = (calls.refresh(pair.refresh).json() for _ in range(2))
    assert calls.call(first["access"]).status_code == 200
    assert calls.call(second["access"]).status_code == 200
    children = [calls.refresh(answer["refresh"]) for answer in (first, second)]
    assert [child.status_code for child in children] == [200, 200]
    assert jti(children[0].json()["refresh"]) == jti(children[1].json()["refresh"])


@pytest.mark.usefixtures("_grace")
def test_after_the_grace_a_second_use_ends_the_login(pair: TokenPair, events: Lines) -> None:
    child = calls.refresh(pair.refresh).json()
    with time_machine.travel(timezone.now() + timedelta(seconds=GRACE + 1), tick=False):
        assert calls.refresh(pair.refresh).status_code == 401
        assert calls.refresh(child["refresh"]).status_code == 401
    assert calls.names(events) == ["authn_token_reuse", "authz_fail"]


@pytest.mark.usefixtures("_grace")
def test_a_use_within_the_grace_does_not_make_it_longer(pair: TokenPair) -> None:
    start = timezone.now()
    calls.refresh(pair.refresh)
    with time_machine.travel(start + timedelta(seconds=GRACE - 2), tick=False):
        assert calls.refresh(pair.refresh).status_code == 200
    with time_machine.travel(start + timedelta(seconds=GRACE + 2), tick=False):
        assert calls.refresh(pair.refresh).status_code == 401


@pytest.mark.usefixtures("_grace")
def test_the_grace_is_for_the_previous_token_only(pair: TokenPair) -> None:
    child = calls.refresh(pair.refresh).json()
    grandchild = calls.refresh(child["refresh"]).json()
    assert calls.refresh(pair.refresh).status_code == 401
    assert calls.call(grandchild["access"]).status_code == 401


@pytest.mark.usefixtures("_grace")
def test_the_grace_does_not_outlive_the_login(pair: TokenPair, login: JwtLogin) -> None:
    calls.refresh(pair.refresh)
    services.revoke(login)
    assert calls.refresh(pair.refresh).status_code == 401
