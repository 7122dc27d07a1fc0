"""What is limited and what became of it: rates in words, rules, states."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from rest_framework.settings import api_settings

SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400}


class Rate(NamedTuple):
    """No more than `requests` in any `seconds`, wherever one begins to measure."""

    requests: int
    seconds: int


@cache
def parse_rate(text: str) -> Rate:
    """Read a rate such as 100/hour; ValueError or KeyError for anything else."""
    count, _, period = text.partition("/")
    return Rate(int(count), SECONDS[period])


def rate_of(scope: str) -> Rate:
    """Return the rate of a scope of DEFAULT_THROTTLE_RATES."""
    return parse_rate(str(api_settings.DEFAULT_THROTTLE_RATES[scope]))


class Rule(NamedTuple):
    """A rate for one key of a scope: a network, an account, or both."""

    scope: str
    key: str
    rate: Rate
    counts: bool = True  # False: only looked at
    refuses: bool = True  # False: counted while there is room, refused by others only

    @property
    def name(self) -> str:
        """The name of its counter; another rate is another counter."""
        return f"limit:{self.scope}:{self.rate.requests}/{self.rate.seconds}:{self.key}"


def rule_of(scope: str, key: str, *, counts: bool = True) -> Rule:
    """Return the rule that DEFAULT_THROTTLE_RATES has for a scope."""
    return Rule(scope, key, rate_of(scope), counts=counts)


@dataclass(frozen=True, slots=True)
class State:
    """A rule after a step."""

    rule: Rule
    had_room: bool  # for one more, before this step
    used: int  # of the rate's count, after it
    seconds: float  # until the oldest of those leaves the window; a whole period if there is none

    @property
    def remaining(self) -> int:
        """How many more pass within `wait` seconds."""
        return self.rule.rate.requests - self.used

    @property
    def refuses(self) -> bool:
        """Tell whether this rule alone refuses the request."""
        return self.rule.refuses and not self.had_room

    @property
    def wait(self) -> int:
        """Whole seconds until one more than `remaining` passes."""
        return max(1, math.ceil(self.seconds))


def refusal(states: Iterable[State]) -> State | None:
    """Return the state that refuses the request for longest, or None if it may pass."""
    return max((state for state in states if state.refuses), key=lambda s: s.wait, default=None)
