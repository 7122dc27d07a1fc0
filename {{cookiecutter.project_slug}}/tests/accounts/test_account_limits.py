"""Guessing the password of one account, from one network slowly or from many at once."""

from datetime import timedelta

import pytest
from django.utils import timezone
from rest_framework.test import APIClient
from time_machine import TimeMachineFixture

from accounts.login_limits import LoginTry, rules
from accounts.models import User
from tests.accounts.doors import DOORS
from tests.conftest import PASSWORD, SetRates

TRIES = 5  # a minute from a network: half of the default, for which half of the guesses suffice
PAUSE = timedelta(seconds=13)  # slow enough for that
FAILURES_FROM_ONE_NETWORK = 5 * TRIES
FAILURES_FROM_ALL = 10 * TRIES
DOOR = DOORS["api token"]
GUESSER = "203.0.113.1"
WRONG = "wrong"
OWNER = "198.51.100.7"


@pytest.fixture(autouse=True)
def _time_stands_still(time_machine: TimeMachineFixture, set_rates: SetRates) -> None:
    time_machine.move_to(timezone.now(), tick=False)
    set_rates(login=f"{TRIES}/minute")


def test_by_default_50_failures_of_a_network_and_100_of_all_are_enough(set_rates: SetRates) -> None:
    set_rates(login="10/minute")
    network, pair, account, attack = (rule.rate for rule in rules("anna", GUESSER))
    assert (network, pair, account, attack) == ((10, 60), (50, 3600), (100, 3600), (2, 3600))


def guess(client: APIClient, address: str, password: str = WRONG, username: str = "anna") -> int:
    status: int = DOOR.knock(client, username, password, address=address).status_code
    return status


@pytest.fixture
def slow_guesser(client: APIClient, anna: User, time_machine: TimeMachineFixture) -> None:
    """One network has failed as often as it may, never faster than its own limit."""
    for _ in range(FAILURES_FROM_ONE_NETWORK):
        assert guess(client, GUESSER) == 401
        time_machine.shift(PAUSE)


@pytest.fixture
def many_guessers(client: APIClient, anna: User) -> None:
    """Many networks have failed, each but once."""
    for network in range(FAILURES_FROM_ALL):
        assert guess(client, f"192.0.2.{network}") == 401


@pytest.mark.usefixtures("slow_guesser")
def test_a_slow_guesser_is_stopped_at_the_account_and_nowhere_else(
    client: APIClient, berta: User, time_machine: TimeMachineFixture
) -> None:
    assert guess(client, GUESSER, PASSWORD) == 429
    assert guess(client, GUESSER, PASSWORD, "berta") == 201
    assert guess(client, OWNER, PASSWORD) == 201
    time_machine.shift(timedelta(hours=1))  # the guesser may go on
    assert guess(client, GUESSER) == 401


@pytest.mark.usefixtures("many_guessers")
def test_under_attack_each_network_has_two_tries_an_hour_and_the_owner_is_not_locked_out(
    client: APIClient, berta: User
) -> None:
    assert [guess(client, GUESSER) for _ in range(3)] == [401, 401, 429]
    assert guess(client, GUESSER, PASSWORD) == 429
    assert guess(client, GUESSER, PASSWORD, "berta") == 201, "no other account is concerned"
    assert [guess(client, OWNER, PASSWORD) for _ in range(3)] == [201] * 3, "success uses up none"


@pytest.mark.usefixtures("many_guessers")
def test_a_try_that_an_attack_on_the_account_refuses_is_no_failure_of_its_network(
    client: APIClient, time_machine: TimeMachineFixture, set_rates: SetRates
) -> None:
    set_rates(login=f"{TRIES}/second")
    time_machine.shift(timedelta(minutes=30))
    for _ in range(FAILURES_FROM_ONE_NETWORK + 10):
        guess(client, GUESSER)
        time_machine.shift(timedelta(seconds=1))
    time_machine.shift(timedelta(minutes=30))  # the attack is over
    assert guess(client, GUESSER, PASSWORD) == 201


def test_an_account_that_does_not_exist_is_limited_like_one_that_does(
    client: APIClient, db: None
) -> None:
    for network in range(FAILURES_FROM_ALL):
        assert guess(client, f"192.0.2.{network}", username="nobody") == 401
    assert [guess(client, GUESSER, username="nobody") for _ in range(3)] == [401, 401, 429]


def test_only_failures_count_for_an_account(
    client: APIClient, anna: User, time_machine: TimeMachineFixture
) -> None:
    for _ in range(FAILURES_FROM_ONE_NETWORK + 1):
        assert guess(client, GUESSER, PASSWORD) == 201
        time_machine.shift(PAUSE)


def test_tries_at_once_are_counted_before_any_of_them_is_hashed() -> None:
    tries = [LoginTry.count("anna", f"2001:db8:0:{n}::1") for n in range(FAILURES_FROM_ALL + 1)]
    assert [each.seconds_to_wait for each in tries] == [None] * len(tries)
    late = [LoginTry.count("anna", "192.0.2.1") for _ in range(3)]
    assert [bool(each.seconds_to_wait) for each in late] == [False, False, True]


def test_a_try_that_could_not_be_checked_is_no_try(
    client: APIClient, anna: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.raise_request_exception = False
    with monkeypatch.context() as broken:
        broken.setattr("django.contrib.auth.hashers.MD5PasswordHasher.verify", None)
        assert [guess(client, GUESSER) for _ in range(12)] == [500] * 12
    assert guess(client, GUESSER, PASSWORD) == 201
