"""What a process remembers of limits that are used up; the store has the last word."""

import time
from typing import Any
from unittest.mock import patch

import pytest
from rest_framework.test import APIClient

from accounts.models import User
from guard.limits import used_up as module
from guard.limits.counters import take
from guard.limits.rules import Rate, Rule, State, rule_of
from guard.limits.used_up import UsedUp, ask, used_up
from tests.accounts.logins import alive, bearing, every_login
from tests.conftest import ME, PASSWORD, SetRates

RULE = Rule("anon", "one", Rate(2, 60))
NETWORK = "127.0.0.1"


def state(rule: Rule, used: int) -> State:
    return State(rule, had_room=True, used=used, seconds=60)


def test_a_rule_is_remembered_from_its_last_request_until_one_more_passes() -> None:
    remembered = UsedUp()
    remembered.note(state(RULE, 1))
    assert RULE not in remembered
    remembered.note(state(RULE, 2))
    assert RULE in remembered
    with patch("time.monotonic", return_value=time.monotonic() + 61):
        assert RULE not in remembered


def test_the_store_has_the_last_word() -> None:
    remembered = UsedUp()
    remembered.note(state(RULE, 2))
    remembered.note(state(RULE, 1))
    assert RULE not in remembered
    assert not remembered.until


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_REMEMBERED", 3)
    remembered, rules = UsedUp(), [RULE._replace(key=str(key)) for key in range(5)]
    for rule in rules:
        remembered.note(state(rule, 2))
    assert [rule in remembered for rule in rules] == [False, False, True, True, True]


def test_what_is_asked_is_learned() -> None:
    rule = RULE._replace(key="asked")
    ask(rule)
    assert rule not in used_up
    ask(rule)
    assert rule in used_up


@pytest.mark.django_db
def test_a_login_that_gives_its_try_back_is_seen_at_once(
    client: APIClient, anna: User, set_rates: SetRates
) -> None:
    set_rates(anon="1/hour")
    right = {"username": "anna", "password": PASSWORD}
    for _ in range(3):
        assert client.post("/api/v1/auth/tokens/", right).status_code == 201
    assert [client.get(ME).status_code for _ in range(2)] == [401, 429]


@pytest.fixture
def _used_up_by_another_process(anna: User, set_rates: SetRates) -> None:
    set_rates(anon="2/hour", user="9/hour")
    for _ in range(2):
        take(rule_of("anon", NETWORK))
    assert rule_of("anon", NETWORK) not in used_up


@pytest.mark.django_db
@pytest.mark.usefixtures("_used_up_by_another_process")
def test_who_is_known_waits_when_another_process_used_the_limit_up(
    anna: User, django_assert_num_queries: Any
) -> None:
    logins = every_login(anna)
    assert alive(logins) == set()
    (user,) = take(rule_of("user", str(anna.pk), counts=False))
    assert user.used == 0, "a refused request is counted nowhere"
    with django_assert_num_queries(0):
        assert logins["api token"].get(ME).status_code == 429


@pytest.mark.django_db
@pytest.mark.usefixtures("_used_up_by_another_process")
def test_a_guess_costs_at_most_one_look_up_a_process(django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(1):
        answers = [bearing("Token nonsense").get(ME).status_code for _ in range(5)]
    assert answers == [429] * 5
