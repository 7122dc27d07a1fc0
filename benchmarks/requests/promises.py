"""The rows that the results are judged by: what must be reached, and what is aimed at."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.requests.results import Results, Spread, processor, ratios, spread
from benchmarks.requests.window import LARGE, SMALL

LISTS = {
    "ours": "default answers, API token",
    "all-token": "all options, API token",
    "all-jwt": "all options, JWT",
}


@dataclass(frozen=True)
class Row:
    """A promise: what must be reached, what is aimed at, and what was measured."""

    what: str
    must: float | None
    aim: float | None
    measured: Spread
    typical: float | None = None  # what the typical service reached in the same run
    at_most: bool = False

    def reaches(self, bound: float | None) -> bool:
        """Whether the median is as good as this; nothing is asked for by None."""
        if bound is None:
            return True
        value = round(self.measured.middle, 2)
        return value <= bound if self.at_most else value >= bound


def rows(found: Results) -> list[Row]:
    """Return the row of each promise that was measured."""
    return [*_rates(found), *_counts(found), *_others(found)]


def _rates(found: Results) -> list[Row]:
    bounds = {"drf": (0.75, 1.0), "bare": (0.35, 0.5), "typical": (1.4, 2.0)}
    names = {"drf": "bare DRF", "bare": "a bare view, 2 queries", "typical": "a typical service"}
    asked = [
        *(
            (f"list / {names[to]}: {LISTS[key]}", key, to, "typical", *bounds[to])
            for to in bounds
            for key in LISTS
        ),
        ("`me` / a bare view, 1 query", "me", "account", "me-typical", 0.28, 0.35),
        ("`me` / a bare view behind the same layers", "me", "own", "", 0.28, 0.35),
        ("`me` / a bare view, no query, no layer", "me", "constant", "me-typical", None, None),
        ("`me` / the peer", "me", "peer", "me-typical", 2.0, 2.5),
    ]
    made = []
    for what, key, to, other, must, aim in asked:
        typical = ratios(found.rates, other, to)
        if measured := ratios(found.rates, key, to):
            made.append(Row(what, must, aim, measured, typical.middle if typical else None))
    return made


def _counts(found: Results) -> list[Row]:
    asked = [
        *((f"list, {LISTS[key]}", key, "typical", 2) for key in LISTS),
        ("`me`", "me", "me-typical", 1),
        ("a refused stranger", "429-stranger", "429-typical-stranger", 0),
        ("a refused account", "429-account", "429-typical-account", None),
    ]
    made = []
    for what, key, other, queries in asked:
        counted, typical = found.counts.get(key), found.counts.get(other)
        if counted is None:
            continue
        if queries is not None:
            sql = typical.queries if typical else None
            made.append(_count(f"SQL queries: {what}", queries, counted.queries, sql))
        redis = typical.redis if typical else None
        made.append(_count(f"Redis round trips: {what}", 1, counted.redis, redis))
    return made


def _count(what: str, bound: float, value: float, typical: float | None) -> Row:
    return Row(what, bound, bound, Spread(value, value, value), typical, at_most=True)


def _others(found: Results) -> list[Row]:
    made = []
    if measured := ratios(found.windows, LARGE, SMALL):
        made.append(Row("requests/s at a filled 100,000/hour / at 100/minute", 0.9, 1.0, measured))
    asked = (
        ("its first limit / a typical service's", "stranger", "account", 0.15, 0.1),
        ("a stranger's / there", "stranger", "stranger", None, None),
        ("an account's / there", "account", "account", None, None),
    )
    for what, key, other, must, aim in asked:
        if measured := ratios(found.refusals, f"429-{key}", f"429-typical-{other}", processor):
            words = f"processor time of a 429: {what}"
            made.append(Row(words, must, aim, measured, 1.0, at_most=True))
    if found.quiet:
        pairs = zip(found.flooded, found.quiet, strict=True)
        measured = spread([during / without for during, without in pairs])
        made.append(Row("list while logins are flooded / without", 0.8, 0.95, measured))
    for what, size in found.megabytes.items():
        made.append(
            Row(f"MB of a worker (RSS): {what}", 85, 85, Spread(size, size, size), at_most=True)
        )
    return made
