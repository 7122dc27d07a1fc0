"""Stands in for REST framework's test client while the server starts.

drf-spectacular imports it, and unittest with it, to make a request when it describes the service.
That costs a start 12 ms and each process 2 MB, and a description is seldom asked for. Whoever
imports the client meanwhile, or something of it, gets it.
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import Any

import rest_framework

NAME = "rest_framework.test"


def install() -> None:
    """Stand in, unless the client is there already."""
    if NAME not in sys.modules:
        sys.modules[NAME] = stand_in
        package.test = stand_in


def remove() -> None:
    """Let whoever imports the client from now on have it."""
    if sys.modules.get(NAME) is stand_in:
        del sys.modules[NAME], package.test


def client() -> ModuleType:
    """Return the client itself."""
    remove()
    return import_module(NAME)


def attribute(name: str) -> Any:
    """Return what else the client has; Python itself asks first for attributes of a package."""
    if name.startswith("__"):
        raise AttributeError(name)
    return getattr(client(), name)


class RequestFactory:
    """What drf-spectacular imports, and calls when it describes; it may be inherited from."""

    def __call__(self, *given: Any, **named: Any) -> Any:
        """Make a request factory."""
        return client().APIRequestFactory(*given, **named)

    def __mro_entries__(self, bases: tuple[Any, ...]) -> tuple[type]:
        """Return the class itself (PEP 560)."""
        return (client().APIRequestFactory,)


package: Any = rest_framework
stand_in: Any = ModuleType(NAME)
stand_in.APIRequestFactory = RequestFactory()
stand_in.__getattr__ = attribute
