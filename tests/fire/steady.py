"""A steady, bounded load of mixed requests, and what became of each of them."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.smoke.client import Response


@dataclass(frozen=True)
class Served:
    """One request: its route and its answer, and when both passed."""

    route: str
    response: Response
    sent: float
    answered: float

    @property
    def seconds(self) -> float:
        """How long the caller waited."""
        return self.answered - self.sent


@dataclass
class Load:
    """Requests so far, and named moments."""

    served: list[Served] = field(default_factory=list)
    moments: dict[str, float] = field(default_factory=dict)

    def mark(self, moment: str) -> None:
        """Give this moment a name."""
        self.moments[moment] = time.monotonic()

    def between(self, first: str, last: str) -> list[Served]:
        """Return what was sent after one moment and answered before another."""
        begin, end = self.moments[first], self.moments[last]
        return [one for one in self.served if begin <= one.sent and one.answered <= end]


@dataclass(frozen=True)
class Route:
    """One caller's request, repeated; `pause` is in seconds."""

    name: str
    call: Callable[[], Response]
    pause: float


@contextmanager
def steady(routes: Sequence[Route]) -> Iterator[Load]:
    """Send each route's request over and over, each from a thread of its own."""
    load, done = Load(), threading.Event()

    def repeat(route: Route) -> None:
        while not done.wait(route.pause):
            sent = time.monotonic()
            response = route.call()
            load.served.append(Served(route.name, response, sent, time.monotonic()))

    threads = [threading.Thread(target=repeat, args=(route,)) for route in routes]
    for thread in threads:
        thread.start()
    try:
        yield load
    finally:
        done.set()
        for thread in threads:
            thread.join()
    assert load.served


def statuses(served: Sequence[Served]) -> dict[str, Counter[int]]:
    """Count statuses by route."""
    counts: dict[str, Counter[int]] = {}
    for one in served:
        counts.setdefault(one.route, Counter())[one.response.status] += 1
    return counts


def quantile(served: Sequence[Served], share: float) -> float:
    """Return the waiting time that this share of the callers did not exceed, in seconds."""
    times = sorted(one.seconds for one in served)
    return times[min(len(times) - 1, int(len(times) * share))]
