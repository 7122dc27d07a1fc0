"""Which limits are used up, as far as this process has been told.

Who shows a credential is looked up only if its network is not known to have used up its limit. To
ask the store first would be a round trip for every request; so each process finds out by itself,
at the price of at most one look-up. A flood of requests that are refused asks the store once in
TRUSTED seconds; what the store says holds.
"""

import time
from dataclasses import replace
from threading import Lock

from guard.limits.counters import take
from guard.limits.rules import Rule, State

TRUSTED = 1.0  # seconds for which nobody is asked again
MOST_REMEMBERED = 10_000  # beyond it the oldest is forgotten


class UsedUp:
    """Remembers rules until one more request passes."""

    def __init__(self) -> None:
        self.states: dict[str, tuple[State, float]] = {}  # with the time of the answer
        self.lock = Lock()

    def __contains__(self, rule: Rule) -> bool:
        """Tell whether to ask before anything is done."""
        state, asked = self.states.get(rule.name, (None, 0.0))
        return state is not None and time.monotonic() < asked + state.seconds

    def refusal(self, rule: Rule) -> State | None:
        """Return what the store would say, if it was asked just now and the rule refused."""
        state, asked = self.states.get(rule.name, (None, 0.0))
        passed = time.monotonic() - asked
        if state is None or passed > min(TRUSTED, state.seconds):
            return None
        return replace(state, rule=rule, had_room=False, seconds=state.seconds - passed)

    def note(self, state: State) -> None:
        """Learn from what the store said."""
        self.forget(state.rule)
        if state.remaining <= 0:
            with self.lock:
                self.states[state.rule.name] = state, time.monotonic()
                if len(self.states) > MOST_REMEMBERED:
                    del self.states[next(iter(self.states))]

    def forget(self, rule: Rule) -> None:
        """Have the store asked next time."""
        with self.lock:
            self.states.pop(rule.name, None)


used_up = UsedUp()


def ask(rule: Rule) -> State:
    """Take one step for a rule, unless it was refused just now."""
    if state := used_up.refusal(rule):
        return state
    (state,) = take(rule)
    used_up.note(state)
    return state
