"""Counting: exactly N of any number of requests pass, however many come at once."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from guard.limits.rules import Rate, Rule, State, refusal
from tests.guard.limits.conftest import LetPass, Store

HOUR = 3600


def passed(store: Store, rule: Rule, times: int) -> int:
    """Ask that often; return how many were within the limit."""
    return sum(refusal(store.take([rule])) is None for _ in range(times))


@pytest.mark.parametrize("limit", [1, 7, 50])
def test_exactly_n_pass(store: Store, limit: int) -> None:
    assert passed(store, Rule("anon", "one", Rate(limit, HOUR)), limit + 5) == limit


@pytest.fixture
def _threads_change_often() -> Iterator[None]:
    """Let a check and a count that are two steps be interrupted between them."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


@pytest.mark.usefixtures("_threads_change_often")
def test_exactly_n_pass_when_all_come_at_once(store: Store) -> None:
    with ThreadPoolExecutor(8) as threads:
        for round_ in range(20):
            rule = Rule("anon", str(round_), Rate(20, HOUR))
            assert sum(threads.map(passed, [store] * 8, [rule] * 8, [5] * 8)) == 20


def test_everybody_has_a_limit_of_their_own(store: Store) -> None:
    rules = [Rule("anon", key, Rate(2, HOUR)) for key in ("one", "two")]
    assert [passed(store, rule, 5) for rule in rules] == [2, 2]


def test_scopes_do_not_share_a_limit(store: Store) -> None:
    rules = [Rule(scope, "one", Rate(1, HOUR)) for scope in ("anon", "login")]
    assert [passed(store, rule, 2) for rule in rules] == [1, 1]


def test_looking_does_not_count(store: Store) -> None:
    rule = Rule("anon", "one", Rate(1, HOUR))
    look = rule._replace(counts=False)
    assert passed(store, look, 5) == 5
    assert passed(store, rule, 2) == 1
    assert passed(store, look, 1) == 0


def test_what_one_rule_refuses_is_counted_in_none(store: Store) -> None:
    full, free = Rule("a", "x", Rate(1, HOUR)), Rule("b", "x", Rate(9, HOUR))
    store.take([full])
    states = store.take([free, full])
    refused = refusal(states)
    assert refused is not None
    assert refused.rule == full
    assert [state.used for state in states] == [0, 1]


def test_a_rule_that_does_not_refuse_counts_while_it_has_room(store: Store) -> None:
    soft = Rule("a", "x", Rate(2, HOUR), refuses=False)
    hard = Rule("b", "x", Rate(9, HOUR))
    steps = [store.take([soft, hard]) for _ in range(3)]
    assert [[state.had_room for state in states] for states in steps] == [
        [True, True],
        [True, True],
        [False, True],
    ]
    assert [[state.used for state in states] for states in steps] == [[1, 1], [2, 2], [2, 3]]


def test_what_is_given_back_may_be_used_again(store: Store) -> None:
    rule = Rule("anon", "one", Rate(2, HOUR))
    assert passed(store, rule, 3) == 2
    store.give_back([rule])
    assert passed(store, rule, 2) == 1


def test_giving_back_what_nobody_took_changes_nothing(store: Store) -> None:
    rule = Rule("anon", "one", Rate(2, HOUR))
    store.give_back([rule])
    assert passed(store, rule, 3) == 2


def test_a_counter_says_what_is_left_and_for_how_long(store: Store) -> None:
    rule = Rule("anon", "one", Rate(3, HOUR))
    (first,), (second,) = store.take([rule]), store.take([rule])
    assert [state.remaining for state in (first, second)] == [2, 1]
    assert [state.wait for state in (first, second)] == [HOUR, HOUR]
    assert HOUR - 5 < second.seconds <= first.seconds == HOUR


def test_after_the_wait_that_is_named_one_more_passes(store: Store, let_pass: LetPass) -> None:
    rule = Rule("anon", "one", Rate(2, 1))
    assert passed(store, rule, 3) == 2
    let_pass(wait(store.take([rule])))
    assert passed(store, rule, 1) == 1


def wait(states: list[State]) -> int:
    """Return the seconds that a refusal names."""
    refused = refusal(states)
    assert refused is not None
    return refused.wait


def test_the_longest_wait_is_named() -> None:
    short, long = (Rule("a", str(n), Rate(1, n)) for n in (60, HOUR))
    states = [
        State(rule, had_room=False, used=1, seconds=rule.rate.seconds) for rule in (short, long)
    ]
    assert wait(states) == HOUR
