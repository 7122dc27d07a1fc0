"""Keeps out what packages import wherever it is installed, whether it is used or not.

A tenth of a start, and memory in each process. Imported where they are used, they are there.
"""

import gc
import sys
from importlib import import_module
from typing import Any

from config import stand_in

NEEDLESS = {
    "granian._imports": ["dotenv"],  # for files of variables, which the server is not given
    "redis": ["opentelemetry"],
    "rest_framework.compat": ["requests"],  # for a client of tests
}


def import_without(module: str, needless: list[str]) -> None:
    """Import a module as if others were not installed; what is imported already is there."""
    modules: dict[str, Any] = sys.modules
    hidden = [name for name in needless if name not in modules]
    modules |= dict.fromkeys(hidden)  # None is Python's way to say so
    try:
        import_module(module)
    finally:
        for name in hidden:
            del modules[name]


def import_lean() -> None:
    """Import all of them so; to be called before anything else imports them."""
    for module, needless in NEEDLESS.items():
        import_without(module, needless)
    stand_in.install()


def share() -> None:
    """Let processes made later share what is imported: their collector leaves it alone."""
    stand_in.remove()
    gc.freeze()
    gc.enable()


gc.disable()  # nearly all that a start makes stays; it would be looked at over and over
import_lean()
