"""How much memory processes take: their proportional share (PSS), Linux's own count."""

from __future__ import annotations

import re
from pathlib import Path

PROC = Path("/proc")


def children(process: int) -> list[int]:
    """Return a process and all below it."""
    found = [process]
    for tasks in (PROC / str(process) / "task").iterdir():
        for child in (tasks / "children").read_text().split():
            found += children(int(child))
    return found


def megabytes(process: int) -> float:
    """Return the memory of a server, all its processes together."""
    total = 0
    for number in children(process):
        shares = (PROC / str(number) / "smaps_rollup").read_text()
        total += sum(
            int(kilobytes) for kilobytes in re.findall(r"^Pss: +(\d+)", shares, re.MULTILINE)
        )
    return total / 1024
