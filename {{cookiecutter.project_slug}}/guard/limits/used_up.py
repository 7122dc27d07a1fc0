"""Which limits are used up, as far as this process has been told.

Who shows a credential is looked up only if its network is not known to have used up its limit. To
ask the store first would be a round trip for every request; so each process finds out by itself,
at the price of at most one look-up. The store always has the last word.
"""

import time
from threading import Lock

from guard.limits.counters import take
from guard.limits.rules import Rule, State

MOST_REMEMBERED = 10_000  # beyond it the oldest is forgotten


class UsedUp:
    """Remembers rules until one more request passes."""

    def __init__(self) -> None:
        self.until: dict[str, float] = {}
        self.lock = Lock()

    def __contains__(self, rule: Rule) -> bool:
        """Tell whether to ask before anything is done."""
        return time.monotonic() < self.until.get(rule.name, 0)

    def note(self, state: State) -> None:
        """Learn from what the store said."""
        with self.lock:
            self.until.pop(state.rule.name, None)
            if state.remaining <= 0:
                self.until[state.rule.name] = time.monotonic() + state.seconds
                if len(self.until) > MOST_REMEMBERED:
                    del self.until[next(iter(self.until))]


used_up = UsedUp()


def ask(rule: Rule) -> State:
    """Take one step for a rule, and learn from it."""
    (state,) = take(rule)
    used_up.note(state)
    return state
