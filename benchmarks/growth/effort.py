"""How long is measured, and who is told what is done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Effort:
    """Seconds of each measurement and rounds of all of them; `tell` shows progress."""

    seconds: float
    rounds: int
    tell: Tell
