"""Stands in for REST framework's test client while the server starts.

drf-spectacular imports it, and unittest with it, to make a request when it describes the service.
That costs a start 12 ms and each process 2 MB, and a description is seldom asked for. Whoever
imports anything of the client gets it.
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import Any

NAME = "rest_framework.test"


def install() -> None:
    """Stand in, unless the client is there already."""
    sys.modules.setdefault(NAME, stand_in)


def remove() -> None:
    """Let whoever imports the client from now on have it."""
    if sys.modules.get(NAME) is stand_in:
        del sys.modules[NAME]


def client() -> ModuleType:
    """Return the client itself."""
    remove()
    return import_module(NAME)


def attribute(name: str) -> Any:
    """Return what else the client has; Python itself asks first for attributes of a package."""
    if name.startswith("__"):
        raise AttributeError(name)
    return getattr(client(), name)


def request_factory(*given: Any, **named: Any) -> Any:
    """Make a request factory: what drf-spectacular imports, and calls when it describes."""
    return client().APIRequestFactory(*given, **named)


stand_in: Any = ModuleType(NAME)
stand_in.APIRequestFactory = request_factory
stand_in.__getattr__ = attribute
