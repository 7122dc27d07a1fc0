"""Callers with every kind of login who must notice nothing."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.client import RemoteDisconnected

from tests.credentials.accounts import (
    ME,
    SESSION,
    TOKENS,
    Headers,
    api_token,
    bearer,
    credentials,
    csrf,
    jwt_pair,
)
from tests.credentials.caller import Caller
from tests.credentials.ledger import SESSION_COOKIE, Ledger
from tests.fire.steady import Route, steady
from tests.smoke.client import Client, Response

PATIENCE = 60  # seconds; the proxy of the compose files waits thirty, for a machine of its own


def logins(client: Client, name: str = "alice") -> dict[str, Headers]:
    """Return the headers of a login of each kind."""
    caller = Caller(client.port, Ledger())
    page = caller.post(SESSION, credentials(name), csrf(caller))
    assert page.status == 204, page
    return {
        "token": api_token(caller.post(TOKENS, credentials(name))),
        "session": {"Cookie": f"{SESSION_COOKIE}={page.cookies()[SESSION_COOKIE]}"},
        "jwt": bearer(jwt_pair(caller, name)),
    }


def alive(client: Client, held: dict[str, Headers]) -> set[str]:
    """Return the kinds of login that still let somebody in."""
    return {kind for kind, headers in held.items() if client.get(ME, headers).status == 200}


def patient(call: Callable[[], Response]) -> Response:
    """Call as through a proxy: it waits for a service that is being restarted."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return call()
        except (ConnectionRefusedError, ConnectionResetError, RemoteDisconnected):
            assert time.monotonic() < deadline, "the service did not come back"
            time.sleep(0.05)


@contextmanager
def unnoticed(client: Client, held: dict[str, Headers]) -> Iterator[Counter[tuple[str, int]]]:
    """Read with each login and log in anew until the block ends; all of it must work."""
    routes = [
        Route(kind, partial(patient, partial(client.get, ME, headers)), 0.05)
        for kind, headers in held.items()
    ]
    login = partial(client.post, TOKENS, credentials("bob"))
    routes.append(Route("login", partial(patient, login), 0.3))
    seen: Counter[tuple[str, int]] = Counter()
    with steady(routes) as load:
        time.sleep(0.5)
        yield seen
        time.sleep(0.5)
    seen.update((one.route, one.response.status) for one in load.served)
    assert set(seen) == {*((kind, 200) for kind in held), ("login", 201)}, seen
