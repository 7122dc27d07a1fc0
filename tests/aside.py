"""Runs what has an event loop of its own."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Result = TypeVar("Result")


def aside(function: Callable[..., Result], *given: object) -> Result:
    """Call it in another thread: in the main one, tests with a browser leave a loop that runs."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(function, *given).result()
