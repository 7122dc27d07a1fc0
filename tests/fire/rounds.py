"""Rounds of a burst, each from a network that nothing has been counted for."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.fire.disguises import Disguise
from tests.fire.load import Answer, burst
from tests.fire.messages import address, proxied, request

LOST, FOUND = b'"event": "sys_limit_store_lost"', b'"event": "sys_limit_store_restored"'
SECONDS_TO_FIND = 10


@dataclass
class Losses:
    """How often the processes of a service have lost their store, by its log.

    Redis has a quarter of a second to answer. On a machine that gives it no time to run, it is lost
    for a moment, and what a limit promises then is another thing (test_store_lost.py).
    """

    log: Path
    port: int
    read: int = 0
    lost: int = 0
    found: int = 0

    def count(self) -> int:
        """Return the number so far."""
        with self.log.open("rb") as log:
            log.seek(self.read)
            lines, newline, _ = log.read().rpartition(b"\n")
        self.read += len(lines + newline)
        self.lost += lines.count(LOST)
        self.found += lines.count(FOUND)
        return self.lost

    def wait(self) -> None:
        """Wait until all have found it again, which they do when they are asked."""
        end = time.monotonic() + SECONDS_TO_FIND
        self.count()
        while self.lost > self.found and time.monotonic() < end:
            burst(self.port, [request("GET", "/", proxied(address())) for _ in range(32)])
            time.sleep(0.2)
            self.count()
        assert self.lost == self.found, "the store stays lost"


@dataclass
class Rounds:
    """What makes a new network, and how many are wanted of each kind in turn."""

    kinds: list[tuple[Callable[[], Disguise], Losses]]
    wanted: int
    undecided: list[str] = field(default_factory=list)

    def show(self, shoot: Callable[[Disguise], list[Answer]], expected: dict[int, int]) -> None:
        """Fail unless each round is answered with exactly these numbers of each status."""
        for number in range(self.wanted):
            new, losses = self.kinds[number % len(self.kinds)]
            while not self.is_shown(new(), losses, shoot, expected):
                assert len(self.undecided) <= self.wanted, "this machine is too busy to tell"

    def is_shown(
        self,
        network: Disguise,
        losses: Losses,
        shoot: Callable[[Disguise], list[Answer]],
        expected: dict[int, int],
    ) -> bool:
        """Shoot once; False if that shows nothing because the store was lost meanwhile."""
        losses.wait()
        before = losses.count()
        found = Counter(answer.status for answer in shoot(network))
        if found != expected and losses.count() > before:
            self.undecided.append(network.name)
            return False
        assert found == expected, f"{network.name}: {found}"
        return True
