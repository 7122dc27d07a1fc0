"""What came of it, as a table."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from statistics import median

from benchmarks.load import Asked

HEAD = """| way | requests/s | ratio | p99 ms | connections | SQL ends after |
|---|---|---|---|---|---|
"""


@dataclass(frozen=True)
class Measured:
    """One round of one way."""

    asked: Asked
    connections: int


def report(found: dict[str, list[Measured]], limits: dict[str, str]) -> None:
    """Write a row for each way: medians, and the rate by that of the first in the same round."""
    first = [one.asked.rate for one in next(iter(found.values()))]
    sys.stdout.write(HEAD)
    for name, rounds_ in found.items():
        rate = median(one.asked.rate for one in rounds_)
        pairs = zip(rounds_, first, strict=True)
        ratio = median(one.asked.rate / other for one, other in pairs)
        p99 = median(one.asked.p99 for one in rounds_)
        most = max(one.connections for one in rounds_)
        sys.stdout.write(
            f"| {name} | {rate:.0f} | {ratio:.2f} | {p99:.0f} | {most} | {limits[name]} |\n"
        )
