"""Keeps out what packages import wherever it is installed, whether it is used or not.

A tenth of a start, and memory in each process. Imported where they are used, they are there.
"""

import gc
import sys
from importlib import import_module
from types import ModuleType
from typing import Any

NEEDLESS = {
    "granian._imports": ["dotenv"],  # for its command, which nobody calls
    "redis": ["opentelemetry"],
    "rest_framework.compat": ["pygments", "requests"],  # for pages and a client that are not used
}
TEST_CLIENT = "rest_framework.test"


def import_without(module: str, needless: list[str]) -> None:
    """Import a module as if others were not installed; what is imported already is there."""
    hidden = [name for name in needless if name not in sys.modules]
    for name in hidden:
        sys.modules[name] = None  # type: ignore[assignment]  # Python's way to say so
    try:
        import_module(module)
    finally:
        for name in hidden:
            del sys.modules[name]


def real_test_client() -> ModuleType:
    """Return the test client, and let whoever imports it from now on have it."""
    if sys.modules.get(TEST_CLIENT) is stand_in:
        del sys.modules[TEST_CLIENT]
    return import_module(TEST_CLIENT)


def of_test_client(name: str) -> Any:
    """Return anything else of it; the import system looks for attributes of its own first."""
    if name.startswith("__"):
        raise AttributeError(name)
    return getattr(real_test_client(), name)


def request_factory(*given: Any, **named: Any) -> Any:
    """Make a request factory of the test client."""
    return real_test_client().APIRequestFactory(*given, **named)


def import_lean() -> None:
    """Import all of them so; to be called before anything else imports them."""
    for module, needless in NEEDLESS.items():
        import_without(module, needless)
    # Of the test client, and unittest with it, drf-spectacular needs this; not before it describes.
    if TEST_CLIENT not in sys.modules:
        sys.modules[TEST_CLIENT] = stand_in


def share() -> None:
    """Let processes made later share what is imported: their collector leaves it alone."""
    if sys.modules.get(TEST_CLIENT) is stand_in:
        del sys.modules[TEST_CLIENT]
    gc.freeze()
    gc.enable()


stand_in: Any = ModuleType(TEST_CLIENT)
stand_in.APIRequestFactory = request_factory
stand_in.__getattr__ = of_test_client

gc.disable()  # nearly all that a start makes stays; it would be looked at over and over
import_lean()
