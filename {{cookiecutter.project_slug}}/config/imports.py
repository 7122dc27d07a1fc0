"""Keeps out what packages import wherever it is installed, whether it is used or not.

Redis would import OpenTelemetry, and REST framework `requests`, which comes with it: a tenth of
a start, and memory in each process. Imported where they are used, they are there.
"""

import gc
import sys
from importlib import import_module

NEEDLESS = {"redis": "opentelemetry", "rest_framework.compat": "requests"}


def import_without(module: str, needless: str) -> None:
    """Import a module as if another was not installed, unless either is there already."""
    if needless in sys.modules:
        return
    sys.modules[needless] = None  # type: ignore[assignment]  # Python's way to say so
    try:
        import_module(module)
    finally:
        del sys.modules[needless]


def import_lean() -> None:
    """Import all of them so; to be called before anything else imports them."""
    for module, needless in NEEDLESS.items():
        import_without(module, needless)


def share() -> None:
    """Let processes made later share what is imported: their collector leaves it alone."""
    gc.freeze()
    gc.enable()


gc.disable()  # nearly all that a start makes stays; it would be looked at over and over
import_lean()
