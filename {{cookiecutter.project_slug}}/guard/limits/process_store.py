"""The counters in this process alone: for local work, tests, and while Redis is lost."""

import time
from collections import OrderedDict, deque
from collections.abc import Sequence
from threading import Lock

from guard.limits.rules import Rule, State

MOST_COUNTERS = 100_000  # beyond it the one that was used least recently is forgotten


class ProcessStore:
    """The same steps as sliding_log.lua, one at a time."""

    def __init__(self) -> None:
        self.counters: OrderedDict[str, deque[float]] = OrderedDict()
        self.lock = Lock()

    def take(self, rules: Sequence[Rule]) -> list[State]:
        """Count the request in all rules or in none."""
        with self.lock:
            now = time.time()
            counters = [(rule, self._counter(rule, now)) for rule in rules]
            rooms = [len(times) < rule.rate.requests for rule, times in counters]
            passes = all(room or not rule.refuses for rule, room in zip(rules, rooms, strict=True))
            states = []
            for (rule, times), room in zip(counters, rooms, strict=True):
                if passes and room and rule.counts:
                    times.append(now)
                left = (times[0] if times else now) + rule.rate.seconds - now
                states.append(State(rule, room, len(times), left))
            return states

    def _counter(self, rule: Rule, now: float) -> deque[float]:
        """Return the times of a rule that are still inside its period."""
        times = self.counters.setdefault(rule.name, deque())
        self.counters.move_to_end(rule.name)
        if len(self.counters) > MOST_COUNTERS:
            self.counters.popitem(last=False)
        while times and times[0] <= now - rule.rate.seconds:
            times.popleft()
        return times

    def give_back(self, rules: Sequence[Rule]) -> None:
        """Take the newest count out of each rule again."""
        with self.lock:
            for rule in rules:
                if times := self.counters.get(rule.name):
                    times.pop()
