"""The window moves: no period, wherever it begins, ever has more than N."""

import random
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.conf import settings
from time_machine import TimeMachineFixture

from guard.limits import redis_store
from guard.limits.process_store import ProcessStore
from guard.limits.redis_store import RedisStore
from guard.limits.rules import Rate, Rule, State
from tests.guard.limits.conftest import HAS_REDIS, Store

START = datetime(2035, 1, 1, tzinfo=UTC).timestamp()
CLOCK = "redis.call('TIME')"
Admit = Callable[[float, Rule], State]


@pytest.fixture(params=["process", "redis"] if HAS_REDIS else ["process"])
def admit(
    request: pytest.FixtureRequest,
    time_machine: TimeMachineFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> Admit:
    """Ask a store at a second of our own choice; Redis is told the time in place of its clock."""
    store: Store = ProcessStore()
    if request.param == "redis":
        assert redis_store.SCRIPT.count(CLOCK) == 1
        store = RedisStore(settings.LIMIT_STORE, 5)
        for name in store.client.scan_iter("limit:*"):
            store.client.delete(name)

    def ask(second: float, rule: Rule) -> State:
        time_machine.move_to(START + second, tick=False)
        if isinstance(store, RedisStore):
            told = f"{int(START + second)}, {round(second % 1 * 1_000_000)}"
            text = redis_store.SCRIPT.replace(CLOCK, "{ " + told + " }")
            monkeypatch.setattr(store, "digest", store.client.script_load(text))
        (state,) = store.take([rule])
        return state

    return ask


def test_a_full_window_frees_each_place_when_its_request_is_one_period_old(admit: Admit) -> None:
    rule = Rule("anon", "one", Rate(2, 60))
    answers = [(30, True), (40, True), (50, False), (89, False), (90, True), (91, False)]
    answers += [(99, False), (100, True), (149, False), (150, True)]
    assert [(second, passes(admit(second, rule))) for second, _ in answers] == answers


@pytest.mark.parametrize("seed", range(10))
def test_random_requests_pass_exactly_while_the_period_before_them_has_room(
    admit: Admit, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 - a choice of times, no secret
    rule = Rule("anon", f"seed {seed}", Rate(chance.randint(1, 9), 10))
    passed: list[float] = []
    second = 0.0
    for _ in range(200):
        second += chance.choice([0, 0.25, 0.5, 1.5, 4, 10, 25])
        recent = [time for time in passed if time > second - rule.rate.seconds]
        assert passes(admit(second, rule)) is (len(recent) < rule.rate.requests), second
        if len(recent) < rule.rate.requests:
            passed.append(second)


def test_a_clock_that_is_set_back_gives_nobody_more(admit: Admit) -> None:
    rule = Rule("anon", "one", Rate(4, 60))
    answers = [(50, True), (100, True), (20, True), (21, True), (22, False)]
    answers += [(111, True), (112, False)]  # only that of second 50 has left
    assert [(second, passes(admit(second, rule))) for second, _ in answers] == answers


@pytest.mark.parametrize(("second", "wait"), [(0, 60), (20.5, 40), (59.9, 1)])
def test_the_seconds_to_wait_are_those_until_the_next_request_passes(
    admit: Admit, second: float, wait: int
) -> None:
    rule = Rule("anon", "one", Rate(2, 60))
    admit(0, rule)
    assert admit(second, rule).wait == wait
    state = admit(second, rule)
    assert (passes(state), state.wait) == (False, wait)
    assert passes(admit(second + wait, rule))


def passes(state: State) -> bool:
    return not state.refuses
