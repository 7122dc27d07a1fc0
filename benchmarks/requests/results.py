"""What was measured, and how rounds are compared."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import median

from benchmarks.requests.counts import Counted
from benchmarks.requests.load import Loaded


@dataclass(frozen=True)
class Spread:
    """The median of the rounds, and the lowest and the highest."""

    middle: float
    lowest: float
    highest: float


@dataclass
class Results:
    """All rounds of all that was asked for; what was not is empty."""

    rates: dict[str, list[Loaded]] = field(default_factory=dict)
    counts: dict[str, Counted] = field(default_factory=dict)
    windows: dict[str, list[Loaded]] = field(default_factory=dict)
    refusals: dict[str, list[Loaded]] = field(default_factory=dict)
    quiet: list[float] = field(default_factory=list)  # answers a second without a flood of logins
    flooded: list[float] = field(default_factory=list)
    megabytes: dict[str, float] = field(default_factory=dict)  # resident, of the largest worker


def spread(values: Sequence[float]) -> Spread:
    """Return the median and what is around it."""
    return Spread(median(values), min(values), max(values))


def noise(found: Results) -> float | None:
    """Return how far a contestant's rounds are apart, by its median: the middle of all of them."""
    spreads = [spread([loaded.rate for loaded in rounds]) for rounds in found.rates.values()]
    if not spreads:
        return None
    return round(median((each.highest - each.lowest) / each.middle for each in spreads), 2)


def rate(loaded: Loaded) -> float:
    """Return answers a second."""
    return loaded.rate


def processor(loaded: Loaded) -> float:
    """Return milliseconds of processor time an answer."""
    return loaded.processor


def ratios(
    rounds: dict[str, list[Loaded]], of: str, to: str, value: Callable[[Loaded], float] = rate
) -> Spread | None:
    """Compare what two reached in the same round; None if one was not measured."""
    if not (rounds.get(of) and rounds.get(to)):
        return None
    pairs = zip(rounds[of], rounds[to], strict=True)
    return spread([value(one) / value(other) for one, other in pairs])
