"""How much memory processes take: their proportional share (PSS), Linux's own count."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path

PROC = Path("/proc")


def children(process: int) -> list[int]:
    """Return a process and all below it."""
    found = [process]
    for task in (PROC / str(process) / "task").iterdir():
        with suppress(FileNotFoundError, ProcessLookupError):  # a thread that has just ended
            for child in (task / "children").read_text().split():
                found += children(int(child))
    return found


def each(process: int, kind: str = "Pss") -> list[float]:
    """Return the megabytes of a process and of each below it; Rss counts what is shared, too."""
    rollups = [(PROC / str(number) / "smaps_rollup").read_text() for number in children(process)]
    return [
        sum(map(int, re.findall(rf"^{kind}: +(\d+)", shares, re.MULTILINE))) / 1024
        for shares in rollups
    ]


def megabytes(process: int) -> float:
    """Return the memory of a server, all its processes together."""
    return sum(each(process))
