"""Loads the contestants in turn, round after round, each round in another order."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence

from benchmarks.requests.field import CONTESTANTS, Field
from benchmarks.requests.load import Loaded, load


def measured(
    field: Field, keys: Sequence[str], rounds: int, seconds: int
) -> dict[str, list[Loaded]]:
    """Return what each round gave of each contestant; a first one is not counted."""
    entrants = {key: field.entrant(key) for key in keys}
    found: dict[str, list[Loaded]] = {key: [] for key in keys}
    began = time.monotonic()
    for number in range(rounds + 1):
        turn = number % len(keys)
        for key in (*keys[turn:], *keys[:turn]):
            loaded = load(*entrants[key], seconds)
            if number:
                found[key].append(loaded)
            passed = time.monotonic() - began
            sys.stderr.write(
                f"{passed:5.0f} s  round {number or 'warm-up'} of {rounds}  "
                f"{CONTESTANTS.get(key, key):<34}{loaded.rate:7.0f}/s\n"
            )
    return found
