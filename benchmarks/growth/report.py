"""Writes what was measured: JSON for programs, Markdown for people."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from benchmarks.growth.estimate import RATES, check, ends, needs

Figures = dict[str, Any]


def number(value: float) -> str:
    """Write a number with the digits that mean something."""
    if abs(value) >= 100:  # noqa: PLR2004 - as above
        return f"{value:,.0f}"
    return f"{value:.2g}" if abs(value) < 10 else f"{value:.0f}"  # noqa: PLR2004


def table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """Return a table."""
    head = list(head)
    lines = [head, ["---"] * len(head), *rows]
    cells = ([number(c) if isinstance(c, float) else str(c) for c in line] for line in lines)
    return "".join(f"| {' | '.join(line)} |\n" for line in cells)


def clients(found: Figures) -> str:
    """Return requests a second and p99 by processes and clients, with what was predicted."""
    head = (
        "processes",
        "clients",
        "requests/s",
        "rounds",
        "p99 ms",
        "predicted requests/s",
        "p99 ms",
    )
    rows = (
        (
            point["processes"],
            point["clients"],
            point["rate"],
            f"{point['slowest']:.0f} - {point['fastest']:.0f}",
            point["p99"],
            point["predicted"],
            point["predicted_p99"],
        )
        for point in check(found["request"], found["points"])
    )
    one = found["request"]
    stores = f"PostgreSQL {one['postgresql']:.2f} ms, Redis {one['redis']:.2f} ms"
    return (
        f"## Clients and processes\nThe list of 20 rows, logged in with an API token.\n\n"
        f"{table(head, rows)}\nA request takes of processors: the service {one['service']:.2f} ms, "
        f"{stores}, the client {one['clients']:.2f} ms; {one['transactions']:.1f} transactions, "
        f"{one['calls']:.1f} calls of Redis, {one['log']:.0f} bytes of log. One more "
        f"process takes {one['megabytes']:.0f} MB.\n\n"
    )


def tables(found: Figures) -> str:
    """Return rates and seconds by rows."""
    head = (
        "what",
        "unit",
        *(f"{size:,} rows" for size in found["sizes"]),
        "last by first",
        "rounds of the last",
    )
    rows = (
        (
            row["what"],
            row["unit"],
            *row["figures"],
            f"{row['figures'][-1] / row['figures'][0]:.2f}",
            " - ".join(number(bound) for bound in row["spread"][-1]),
        )
        for row in found["rows"]
    )
    return f"## Rows\n{table(head, rows)}\n"


def limiter(found: Figures) -> str:
    """Return bytes and times."""
    sizes = ((c["what"], f"{c['counts']:,}", c["bytes"]) for c in found["clients"])
    steps = (
        (f"{s['clients']:,}", s["rules"], s["microseconds"], s["in_redis"]) for s in found["steps"]
    )
    return (
        "## Clients in the limits\n"
        f"{table(('client', 'requests remembered', 'bytes in Redis'), sizes)}\n"
        f"{table(('clients of each kind', 'rules', 'us a step', 'of it in Redis'), steps)}\n"
    )


def cluster(found: Figures) -> str:
    """Return what a Redis Cluster answered."""
    asked = table(("the script in a cluster of three nodes", ""), found["ways"].items())
    return (
        f"## Redis Cluster\n{asked}\nOf {found['tries']} requests at once, with one call for each "
        f"key and taking back: {found['passed']} passed a limit of {found['limit']}, and the other "
        f"counter held {found['counted beside']}.\n\n"
    )


def estimate(found: Figures) -> str:
    """Return what the figures come to at other rates."""
    need = needs(found["clients"]["request"], found["limiter"]["clients"])
    head = ("every request a list of 20 rows", *(f"{rate:,}/s" for rate in RATES))
    until = ((number(rate), what) for rate, what in ends(found["clients"]["request"]))
    return (
        f"## Estimate\n{table(head, ((one.what, *one.needs) for one in need))}\n"
        f"{table(('requests/s', 'where this ends'), until)}"
    )


def write(found: Figures, folder: Path) -> None:
    """Write both files, each part that was measured."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "growth.json").write_text(json.dumps(found, indent=1) + "\n", "utf-8")
    about = ", ".join(f"{name} {value}" for name, value in found["machine"].items())
    text = f"# How it grows: figures\nWritten by `python -m benchmarks.growth`: {about}.\n\n"
    parts = {"clients": clients, "tables": tables, "limiter": limiter, "cluster": cluster}
    text += "".join(part(found[name]) for name, part in parts.items() if name in found)
    if {"clients", "limiter"} <= set(found):
        text += estimate(found)
    (folder / "growth.md").write_text(text.rstrip() + "\n", "utf-8")
