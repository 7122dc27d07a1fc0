"""Writes the results: a table in Markdown, everything in JSON, two pictures in SVG."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from statistics import median

from benchmarks.requests import plots
from benchmarks.requests.field import CONTESTANTS
from benchmarks.requests.promises import Row, rows
from benchmarks.requests.refusals import KINDS
from benchmarks.requests.results import Results, spread

INTRODUCTION = """# Results
Written by `./run benchmark`; [performance.md](../performance.md) says what the rows mean. In
brackets: the slowest and the fastest round.
"""
FEW, MANY = 10, 100  # below them two digits count, and one


def number(value: float | None) -> str:
    """Return a figure as people read it."""
    if value is None:
        return "-"
    digits = 2 if value < FEW else 1 if value < MANY else 0
    shown = f"{value:,.{digits}f}"
    return shown.rstrip("0").rstrip(".") if digits else shown


def table(columns: Iterable[str], lines: Iterable[Iterable[str]]) -> str:
    """Return a table in Markdown."""
    head = list(columns)
    parts = [head, ["---"] * len(head), *lines]
    return "".join(f"| {' | '.join(part)} |\n" for part in parts)


def promises(judged: Iterable[Row]) -> str:
    """Return the table of the promises."""
    lines = []
    for row in judged:
        sign = "at most " if row.at_most else ""
        around = row.measured.lowest, row.measured.highest
        between = "" if around[0] == around[1] else f" ({number(around[0])} - {number(around[1])})"
        bounds = [f"{sign if each else ''}{number(each)}" for each in (row.must, row.aim)]
        middle = f"{number(row.measured.middle)}{between}"
        lines.append((row.what, number(row.typical), *bounds, middle, verdict(row)))
    return table(("what", "typical", "must", "aim", "measured", "reached"), lines)


def verdict(row: Row) -> str:
    """Return how far a row got."""
    if row.must is None:
        return "-"
    return "aim" if row.reaches(row.aim) else "yes" if row.reaches(row.must) else "**no**"


def speeds(found: Results) -> str:
    """Return the table of the contestants."""
    lines = []
    for key, rounds in found.rates.items():
        rates = spread([loaded.rate for loaded in rounds])
        counted = found.counts.get(key)
        lines.append(
            (
                CONTESTANTS.get(key, key),
                f"{number(rates.middle)} ({number(rates.lowest)} - {number(rates.highest)})",
                f"{median(loaded.p50 for loaded in rounds):.1f}",
                f"{median(loaded.p99 for loaded in rounds):.1f}",
                f"{median(loaded.processor for loaded in rounds):.2f}",
                number(counted.queries if counted else None),
                number(counted.redis if counted else None),
            )
        )
    columns = ("contestant", "requests/s", "p50 ms", "p99 ms", "processor ms", "SQL", "Redis")
    return table(columns, lines)


def refusals(found: Results) -> str:
    """Return the table of the refusals."""
    lines = []
    for key, rounds in found.refusals.items():
        counted = found.counts.get(key)
        lines.append(
            (
                KINDS[key],
                f"{median(loaded.processor for loaded in rounds):.3f}",
                number(counted.queries if counted else None),
                number(counted.redis if counted else None),
            )
        )
    return table(("a 429", "processor ms", "SQL", "Redis"), lines)


def markdown(found: Results, about: Mapping[str, object]) -> str:
    """Return the page of the results."""
    said = "".join(f"- {name}: {value}\n" for name, value in about.items() if value is not None)
    parts = [
        INTRODUCTION,
        f"## Promises\n{promises(rows(found))}",
    ]
    if found.rates:
        parts.append(f"## Contestants\n{speeds(found)}\n![Requests a second](rates.svg)\n")
        parts.append("![Beside the targets](targets.svg)\n")
    if found.refusals:
        parts.append(f"## Refusals\n{refusals(found)}")
    parts.append(f"## Where, and how noisy\n{said}")
    return "\n".join(parts)


def write(found: Results, about: Mapping[str, object], folder: Path) -> None:
    """Write all files into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "results.md").write_text(markdown(found, about), "utf-8")
    judged = [asdict(row) | {"reached": row.reaches(row.must)} for row in rows(found)]
    everything = {"about": dict(about), "rows": judged, "rounds": asdict(found)}
    (folder / "results.json").write_text(f"{json.dumps(everything, indent=1)}\n", "utf-8")
    if found.rates:
        bars = {
            CONTESTANTS.get(key, key): spread([loaded.rate for loaded in rounds])
            for key, rounds in found.rates.items()
            if key != "constant"  # so fast that the others would be invisible
        }
        (folder / "rates.svg").write_text(plots.rates(bars), "utf-8")
        ratios = [row for row in rows(found) if " / " in row.what and not row.at_most]
        (folder / "targets.svg").write_text(plots.targets(ratios), "utf-8")
