# option: jwt
"""Guessing is limited: passwords by the limit of logins, tokens by that of strangers."""

from collections.abc import Callable
from typing import Any

import pytest

from guard.limits import counters
from guard.limits.redis_store import RedisStore
from jwt_login.services import TokenPair
from tests.conftest import SetRates
from tests.jwt_login import calls


@pytest.mark.django_db
def test_the_11th_login_within_a_minute_is_a_429() -> None:
    credentials = {"username": "anna", "password": "not it at all"}
    answers = [calls.post(calls.LOGIN, credentials).status_code for _ in range(11)]
    assert answers == [401] * 10 + [429]


@pytest.mark.django_db
@pytest.mark.parametrize("door", [calls.call, calls.refresh, calls.revoke])
def test_the_101st_bad_token_within_an_hour_is_a_429(door: Callable[[str], Any]) -> None:
    assert [door("nonsense").status_code for _ in range(101)] == [401] * 100 + [429]


@pytest.mark.django_db
def test_a_refresh_counts_for_its_account_and_for_no_stranger(
    pair: TokenPair, set_rates: SetRates
) -> None:
    set_rates(user="4/hour", anon="1/hour")
    answers = [calls.refresh(pair.refresh)]
    for _ in range(4):
        answers.append(calls.refresh(answers[-1].json().get("refresh", pair.refresh)))
    assert [answer.status_code for answer in answers] == [200] * 4 + [429]
    assert answers[0]["RateLimit"] == '"user";r=3;t=3600'


@pytest.mark.django_db
def test_no_refresh_while_it_cannot_be_counted(
    pair: TokenPair, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as lost:
        nobody_listens = RedisStore("redis://127.0.0.1:1/0", counters.PATIENCE)
        lost.setattr(counters, "shared_store", lambda **_: nobody_listens)
        answer = calls.refresh(pair.refresh)
    assert answer.status_code == 503
    assert answer["Content-Type"] == "application/problem+json"
    counters.breaker.next_try = 0
    assert calls.refresh(pair.refresh).status_code == 200
