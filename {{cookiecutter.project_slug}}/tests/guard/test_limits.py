"""Counting: exactly N of any number of requests pass, however many come at once."""

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from limits import (
    RateLimitItem,
    RateLimitItemPerDay,
    RateLimitItemPerHour,
    RateLimitItemPerMinute,
    RateLimitItemPerSecond,
)
from time_machine import TimeMachineFixture

from guard.limits import ask, rate_of
from tests.conftest import SetRates

PERIODS = [
    ("5/second", RateLimitItemPerSecond(5)),
    ("5/minute", RateLimitItemPerMinute(5)),
    ("5/hour", RateLimitItemPerHour(5)),
    ("5/day", RateLimitItemPerDay(5)),
]


def passed(times: int, key: str = "somebody") -> int:
    """Ask that often; return how many were within the limit."""
    return sum(ask("anon", key, count=True) is None for _ in range(times))


@pytest.mark.parametrize("limit", [1, 7, 50])
def test_exactly_n_pass(set_rates: SetRates, limit: int) -> None:
    set_rates(anon=f"{limit}/hour")
    assert passed(limit + 5) == limit


@pytest.fixture
def _threads_change_often() -> Iterator[None]:
    """Let a check and a count that are two steps be interrupted between them."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


@pytest.mark.usefixtures("_threads_change_often")
def test_exactly_n_pass_when_all_come_at_once(set_rates: SetRates) -> None:
    set_rates(anon="20/hour")
    with ThreadPoolExecutor(8) as threads:
        for round_ in range(20):
            assert sum(threads.map(passed, [5] * 8, [str(round_)] * 8)) == 20


def test_everybody_has_a_limit_of_their_own(set_rates: SetRates) -> None:
    set_rates(anon="2/hour")
    assert [passed(5, key) for key in ("one", "two")] == [2, 2]


def test_scopes_do_not_share_a_limit(set_rates: SetRates) -> None:
    set_rates(anon="1/hour", login="1/hour")
    assert [ask(scope, "one", count=True) for scope in ("anon", "login")] == [None, None]


def test_looking_does_not_count(set_rates: SetRates) -> None:
    set_rates(anon="1/hour")
    for _ in range(5):
        assert ask("anon", "one", count=False) is None
    assert passed(2, "one") == 1
    assert ask("anon", "one", count=False) is not None


@pytest.mark.parametrize(("rate", "meaning"), PERIODS)
def test_a_rate_means_what_it_says(set_rates: SetRates, rate: str, meaning: RateLimitItem) -> None:
    set_rates(anon=rate)
    assert rate_of("anon") == meaning


@pytest.fixture
def at_second(time_machine: TimeMachineFixture) -> Callable[[float], None]:
    start = datetime(2035, 1, 1, tzinfo=UTC).timestamp()

    def move(seconds: float) -> None:
        time_machine.move_to(start + seconds, tick=False)

    move(0)
    return move


def test_the_window_moves_so_that_no_period_ever_has_more_than_n(
    set_rates: SetRates, at_second: Callable[[float], None]
) -> None:
    set_rates(anon="2/minute")
    at_second(30)
    assert passed(3) == 2
    for second, free in ((59, 0), (61, 0), (89, 0), (91, 2)):
        at_second(second)
        assert passed(free + 1) == free, second


@pytest.mark.parametrize(("second", "wait"), [(0, 60), (20.5, 40), (59.9, 1)])
def test_the_seconds_to_wait_are_those_until_the_next_request_passes(
    set_rates: SetRates, at_second: Callable[[float], None], second: float, wait: int
) -> None:
    set_rates(anon="1/minute")
    passed(1)
    at_second(second)
    assert ask("anon", "somebody", count=True) == wait
    at_second(second + wait + 1)
    assert passed(1) == 1
