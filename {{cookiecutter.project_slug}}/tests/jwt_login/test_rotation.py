# option: jwt
"""A refresh token works once; one that comes back ends the whole login."""

from datetime import timedelta
from uuid import UUID

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from accounts.models import User
from jwt_login import refresh, services
from jwt_login.errors import InvalidToken
from jwt_login.models import JwtLogin
from jwt_login.services import TokenPair
from tests.jwt_login import calls, forging
from tests.lines import Lines


def test_a_refresh_gives_a_new_pair_of_the_same_login(pair: TokenPair, login: JwtLogin) -> None:
    answer = calls.refresh(pair.refresh)
    assert answer.status_code == 200
    assert set(answer.json()) == {"access", "refresh"}
    claims = forging.parts(answer.json()["refresh"])[1]
    assert UUID(claims["sid"]) == login.pk
    assert claims["jti"] != forging.parts(pair.refresh)[1]["jti"]
    assert calls.call(answer.json()["access"]).status_code == 200
    assert calls.refresh(answer.json()["refresh"]).status_code == 200


def test_a_replayed_refresh_token_ends_the_whole_login(pair: TokenPair) -> None:
    child = calls.refresh(pair.refresh).json()
    generic = calls.text(calls.refresh("nonsense"))
    replay = calls.refresh(pair.refresh)
    assert (replay.status_code, calls.text(replay)) == (401, generic)
    assert calls.refresh(child["refresh"]).status_code == 401
    assert calls.call(child["access"]).status_code == 401
    assert calls.call(pair.access).status_code == 401


def test_a_grandparent_ends_the_login_as_well(pair: TokenPair) -> None:
    child = calls.refresh(pair.refresh).json()
    grandchild = calls.refresh(child["refresh"]).json()
    assert calls.refresh(pair.refresh).status_code == 401
    assert calls.call(grandchild["access"]).status_code == 401


def test_what_ended_the_login_is_one_event_and_later_tries_are_refusals(
    pair: TokenPair, events: Lines
) -> None:
    calls.refresh(pair.refresh)
    for _ in range(3):
        calls.refresh(pair.refresh)
    assert calls.names(events) == ["authn_token_reuse", "authz_fail", "authz_fail"]
    record = events.records[0]
    assert record["level"] == "WARNING"
    assert record["account"] == forging.parts(pair.refresh)[1]["sub"]
    assert record["login"] == forging.parts(pair.refresh)[1]["sid"]
    assert "eyJ" not in events.lines[0]


def test_a_refresh_is_no_event(pair: TokenPair, events: Lines) -> None:
    assert calls.refresh(pair.refresh).status_code == 200
    assert calls.names(events) == []


def test_a_replay_leaves_the_users_other_logins_alone(user: User, pair: TokenPair) -> None:
    other = services.start(user)
    calls.refresh(pair.refresh)
    assert calls.refresh(pair.refresh).status_code == 401
    assert calls.call(other.access).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_a_replay_ends_the_login_under_atomic_requests_too(
    settings: Settings, pair: TokenPair, login: JwtLogin
) -> None:
    """A transaction around the view would undo the revocation together with the 401."""
    settings.DATABASES["default"]["ATOMIC_REQUESTS"] = True
    try:
        child = calls.refresh(pair.refresh).json()
        assert calls.refresh(pair.refresh).status_code == 401
    finally:
        settings.DATABASES["default"]["ATOMIC_REQUESTS"] = False
    login.refresh_from_db()
    assert login.revoked_at is not None
    assert calls.call(child["access"]).status_code == 401


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_could_undo_a_revocation_is_refused(pair: TokenPair) -> None:
    claims = refresh.read(pair.refresh)
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        services.rotate(claims)


def test_rotation_does_not_move_the_absolute_end(pair: TokenPair, login: JwtLogin) -> None:
    end = forging.parts(pair.refresh)[1]["exp"]
    with time_machine.travel(login.expires_at - timedelta(seconds=61), tick=False):
        for _ in range(2):  # the second one reads what the first one wrote
            pair = services.rotate(refresh.read(pair.refresh))
        access, child = forging.parts(pair.access)[1], forging.parts(pair.refresh)[1]
    assert child["exp"] == access["exp"] == end
    assert JwtLogin.objects.get().expires_at == login.expires_at
    assert access["exp"] - access["iat"] <= 61
    with time_machine.travel(login.expires_at - timedelta(seconds=1), tick=False):
        assert calls.call(pair.access).status_code == 200
    with time_machine.travel(login.expires_at + timedelta(seconds=1), tick=False):
        assert calls.call(pair.access).status_code == 401
        assert calls.refresh(pair.refresh).status_code == 401


def test_an_access_token_ends_after_its_minutes(pair: TokenPair, settings: Settings) -> None:
    lifetime = timedelta(minutes=settings.JWT_ACCESS_MINUTES)
    with time_machine.travel(timezone.now() + lifetime - timedelta(seconds=2), tick=False):
        assert calls.call(pair.access).status_code == 200
    with time_machine.travel(timezone.now() + lifetime + timedelta(seconds=1), tick=False):
        assert calls.call(pair.access).status_code == 401
        assert calls.refresh(pair.refresh).status_code == 200


def test_the_row_and_not_the_token_alone_says_when_a_login_ends(pair: TokenPair) -> None:
    """An end that was moved forward in the table holds for tokens that are out already."""
    JwtLogin.objects.update(expires_at=timezone.now())
    with pytest.raises(InvalidToken):
        services.rotate(refresh.read(pair.refresh))


def test_a_refresh_costs_two_queries(
    pair: TokenPair, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """Read the login and its user, then the conditional UPDATE; the tests' savepoint is two."""
    with django_assert_num_queries(2 + 2):
        assert calls.refresh(pair.refresh).status_code == 200
