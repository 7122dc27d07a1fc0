"""Times the layers of a request in the service's own process; writes JSON to standard error.

Run with the interpreter and the variables of the service, in its folder. The server and its threads
are left out: benchmarks/requests has them.
"""

from __future__ import annotations

import io
import json
import logging
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from functools import partial, wraps
from importlib import import_module
from statistics import median
from typing import Any

import django

ROUNDS, REQUESTS, ROWS = 9, 200, 20
BASE = {
    "REQUEST_METHOD": "GET",
    "QUERY_STRING": "",
    "SERVER_NAME": "api.example.com",
    "SERVER_PORT": "80",
    "SERVER_PROTOCOL": "HTTP/1.1",
    "REMOTE_ADDR": "127.0.0.1",
    "HTTP_HOST": "api.example.com",
    "HTTP_X_FORWARDED_PROTO": "https",
    "HTTP_ACCEPT": "application/json",
    "wsgi.url_scheme": "http",
    "wsgi.errors": sys.stderr,
}


class Ledger:
    """Processor time and elapsed time of each layer, without that of the layers in it."""

    def __init__(self) -> None:
        self.spent: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
        self.inner: list[list[float]] = [[0.0, 0.0]]

    def timed(self, layer: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return the function with a clock at its door."""

        @wraps(function)
        def call(*args: Any, **kwargs: Any) -> Any:
            self.inner.append([0.0, 0.0])
            begun = (time.thread_time(), time.perf_counter())
            try:
                return function(*args, **kwargs)
            finally:
                took = (time.thread_time() - begun[0], time.perf_counter() - begun[1])
                inner = self.inner.pop()
                for clock in (0, 1):
                    self.spent[layer][clock] += took[clock] - inner[clock]
                    self.inner[-1][clock] += took[clock]

        return call

    def watch(self, owner: Any, method: str, layer: str) -> None:
        """Time a method of a class."""
        setattr(owner, method, self.timed(layer, getattr(owner, method)))


def watch_layers(ledger: Ledger) -> None:
    """Put clocks at the doors of all layers; before the application is made."""
    from django.conf import settings  # noqa: PLC0415 - once it is set up
    from django.core.handlers.base import BaseHandler  # noqa: PLC0415 - as above
    from django.core.handlers.wsgi import WSGIHandler  # noqa: PLC0415 - as above
    from django.utils.module_loading import import_string as find  # noqa: PLC0415 - as above
    from rest_framework.serializers import ListSerializer  # noqa: PLC0415 - as above
    from rest_framework.settings import api_settings  # noqa: PLC0415 - as above
    from rest_framework.views import APIView  # noqa: PLC0415 - as above

    for path in settings.MIDDLEWARE:
        ledger.watch(find(path), "__call__", path.rpartition(".")[2])
    ledger.watch(WSGIHandler, "__call__", "request and answer of Django")
    # What the last middleware calls is Django's own way to the view.
    ledger.watch(BaseHandler, "_get_response", "finding the view")
    ledger.watch(APIView, "dispatch", "the view, DRF around it")
    ledger.watch(APIView, "perform_authentication", "authentication")
    ledger.watch(APIView, "check_throttles", "limits")
    ledger.watch(api_settings.DEFAULT_PAGINATION_CLASS, "paginate_queryset", "rows and their count")
    ledger.watch(ListSerializer, "to_representation", "serializer")
    for renderer in api_settings.DEFAULT_RENDERER_CLASSES:
        ledger.watch(renderer, "render", "renderer")
    ledger.watch(logging.Logger, "handle", "log")


def account() -> str:
    """Return the header of an account with a list of ROWS rows."""
    from django.contrib.auth import get_user_model  # noqa: PLC0415 - needs django.setup()

    notes, tokens = import_module("notes.models"), import_module("tokens.services")
    user = get_user_model().objects.create_user("budget")
    for number in range(ROWS):
        notes.Note.objects.create(owner=user, title=f"Note {number}", text="x" * 100)
    return f"Token {tokens.create_token(user, 'budget')[1]}"


def ask(application: Any, path: str, header: str) -> None:
    """Ask once; RuntimeError if the answer is not a 200."""
    statuses: list[str] = []
    environ = BASE | {"PATH_INFO": path, "HTTP_AUTHORIZATION": header, "wsgi.input": io.BytesIO()}
    answer = application(environ, lambda status, *_: statuses.append(status))
    b"".join(answer)
    answer.close()
    if not statuses[0].startswith("200"):
        message = f"{path} was answered {statuses[0]}"
        raise RuntimeError(message)


def main() -> None:
    """Measure, and write."""
    django.setup()
    ledger = Ledger()
    watch_layers(ledger)
    application = import_module("config.wsgi").application
    header, found = account(), {}
    for path in sys.argv[1:]:
        once = partial(ask, application, path, header)
        rounds: dict[str, list[list[float]]] = defaultdict(list)
        for number in range(ROUNDS + 1):
            ledger.spent.clear()
            for _ in range(REQUESTS):
                once()
            for layer, spent in ledger.spent.items() if number else ():  # the first is not counted
                rounds[layer].append([1e6 * seconds / REQUESTS for seconds in spent])
        found[path] = {
            name: [median(c) for c in zip(*r, strict=True)] for name, r in rounds.items()
        }
    sys.stderr.write(json.dumps(found))


if __name__ == "__main__":
    main()
