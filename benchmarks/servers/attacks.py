"""What hostile clients do to a server: hold it, and have it read one request as two."""

from __future__ import annotations

import re
import socket
from contextlib import ExitStack
from http import HTTPStatus

from tests.fire.slow import HALF_BODY, HALF_HEADER
from tests.fire.test_hostile_http import AMBIGUOUS
from tests.matrix.production import HOST

HOLDING = 64
ASKED = 10
PATIENCE = 2.0  # seconds for an answer
CLOSING = 5.0  # and for the end of a connection
PROBE = f"GET /livez HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\n\r\n"
HALVES = {"half bodies": HALF_BODY, "half headers": HALF_HEADER}


def talk(port: int, sent: str, patience: float = PATIENCE) -> tuple[list[int], bool]:
    """Send it; return the statuses of all answers, and whether the connection was closed."""
    received, closed = b"", False
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=patience) as client:
            client.sendall(sent.encode("latin-1"))
            while not closed:
                data = client.recv(65536)
                received, closed = received + data, not data
    except ConnectionError:
        closed = True
    except TimeoutError:
        pass
    return [int(status) for status in re.findall(rb"HTTP/1\.[01] (\d{3})", received)], closed


def answered_meanwhile(port: int, half: str) -> int:
    """Return how many of ten others get an answer while 64 clients send half a request."""
    with ExitStack() as holding:
        for _ in range(HOLDING):
            try:
                client = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
                holding.enter_context(client)
                client.sendall(half.encode())
            except OSError:  # it takes no more: that is what is measured below
                break
        return sum(talk(port, PROBE)[0] == [200] for _ in range(ASKED))


def misread(port: int) -> tuple[int, int]:
    """Return how many ambiguous requests are not refused, and how many are read as two.

    Refused is one answer that is an error, or none, and the end of the connection.
    """
    accepted = two = 0
    for sent in AMBIGUOUS.values():
        statuses, closed = talk(port, sent, CLOSING)
        two += HTTPStatus.OK in statuses  # the hidden request's
        one_error = len(statuses) <= 1 and all(s >= HTTPStatus.BAD_REQUEST for s in statuses)
        accepted += not (closed and one_error)
    return accepted, two
