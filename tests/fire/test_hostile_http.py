"""Requests that no client means well with: an error, never a crash, and never two readings."""

from __future__ import annotations

import re
import socket

import pytest

from tests.credentials.accounts import TOKENS
from tests.credentials.deployment import Running
from tests.matrix.production import HOST
from tests.smoke.client import SECONDS

HEAD = f"Host: {HOST}\r\nX-Forwarded-Proto: https\r\n"
GET = f"GET / HTTP/1.1\r\n{HEAD}"
POST = f"POST {TOKENS} HTTP/1.1\r\n{HEAD}Content-Type: application/json\r\n"
# What an attacker would have the service read as a request of its own.
HIDDEN = "GET /livez HTTP/1.1\r\nHost: hidden\r\n\r\n"
CHUNKED = "Transfer-Encoding: chunked\r\n"

OVERSIZED = {
    "a header of a megabyte": (f"{GET}X-A: {'a' * 1_000_000}\r\n\r\n", 431),
    "10,000 headers": (
        f"{GET}{''.join(f'X-{n}: a' + chr(13) + chr(10) for n in range(10_000))}",
        431,
    ),
    "a path of 100 KB": (f"GET /{'a' * 100_000} HTTP/1.1\r\n{HEAD}\r\n", 414),
    "a query of 100 KB": (f"GET /?{'a' * 100_000} HTTP/1.1\r\n{HEAD}\r\n", 414),
    "a stated body of 2 MB": (f"{POST}Content-Length: 2000000\r\n\r\n", 413),
    "a chunk of 2 MB": (f"{POST}{CHUNKED}\r\n1e8480\r\n{'a' * 2_000_000}\r\n0\r\n\r\n", 413),
}
AMBIGUOUS = {
    "two lengths": f"{POST}Content-Length: 2\r\nContent-Length: 40\r\n\r\n{{}}{HIDDEN}",
    "a list of lengths": f"{POST}Content-Length: 2, 2\r\n\r\n{{}}{HIDDEN}",
    "a length with a sign": f"{POST}Content-Length: +2\r\n\r\n{{}}{HIDDEN}",
    "a negative length": f"{POST}Content-Length: -1\r\n\r\n{{}}{HIDDEN}",
    "a hexadecimal length": f"{POST}Content-Length: 0x2\r\n\r\n{{}}{HIDDEN}",
    "a length beyond 64 bits": f"{POST}Content-Length: {'9' * 30}\r\n\r\n{{}}{HIDDEN}",
    "length, then chunks": f"{POST}Content-Length: 40\r\n{CHUNKED}\r\n0\r\n\r\n{HIDDEN}",
    "chunks, then length": f"{POST}{CHUNKED}Content-Length: 5\r\n\r\n0\r\n\r\n{HIDDEN}",
    "an unknown encoding": f"{POST}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n{HIDDEN}",
    "chunks, then identity": f"{POST}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n{HIDDEN}",
    "two encodings": f"{POST}{CHUNKED}Transfer-Encoding: identity\r\n\r\n0\r\n\r\n{HIDDEN}",
    "a blank before the colon": f"{POST}Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n{HIDDEN}",
    "a control before the value": f"{POST}Transfer-Encoding:\x0bchunked\r\n\r\n0\r\n\r\n{HIDDEN}",
    "chunks in HTTP/1.0": f"{POST}{CHUNKED}\r\n0\r\n\r\n{HIDDEN}".replace(
        "HTTP/1.1", "HTTP/1.0", 1
    ),
    "a chunk size of letters": f"{POST}{CHUNKED}\r\nzz\r\n{{}}\r\n0\r\n\r\n{HIDDEN}",
    "bare line feeds in chunks": f"{POST}{CHUNKED}\r\n2\n{{}}\n0\n\n{HIDDEN}",
    "a folded header": f"{POST}X-A: a\r\n Content-Length: 2\r\n\r\n{{}}{HIDDEN}",
    "a header without a colon": f"{POST}Content-Length 2\r\n\r\n{{}}{HIDDEN}",
    "a null character": f"{POST}X-A: a\x00b\r\n\r\n{HIDDEN}",
}
# One reading, and the rest of the connection is what it looks like.
HARMLESS = {
    "one length twice": f"{POST}Content-Length: 2\r\nContent-Length: 2\r\n\r\n{{}}{HIDDEN}",
    "a length with an underscore": f"{POST}Content_Length: 71\r\n\r\n{HIDDEN}",
}


def said(running: Running, sent: str) -> tuple[list[int], bool]:
    """Return the statuses of all answers, and whether the service closed the connection."""
    received, closed = b"", False
    with socket.create_connection(("127.0.0.1", running.caller.port), timeout=SECONDS) as client:
        try:
            client.sendall(sent.encode("latin-1"))
            client.settimeout(1)
            while not closed:
                data = client.recv(65536)
                received, closed = received + data, not data
        except ConnectionError:
            closed = True
        except TimeoutError:
            pass
    return [int(status) for status in re.findall(rb"HTTP/1\.[01] (\d{3})", received)], closed


@pytest.fixture(autouse=True)
def _still_serving(reached_directly: Running) -> None:
    """See to it that every process that met a hostile request serves the next one."""


@pytest.mark.parametrize("name", OVERSIZED)
def test_what_is_too_large_is_refused(reached_directly: Running, name: str) -> None:
    sent, status = OVERSIZED[name]
    statuses, closed = said(reached_directly, sent)
    assert statuses in ([status], [])  # the answer is lost where the rest is still being sent
    assert closed


@pytest.mark.parametrize("name", AMBIGUOUS)
def test_what_has_two_readings_is_refused_and_ends_the_connection(
    reached_directly: Running, name: str
) -> None:
    assert said(reached_directly, AMBIGUOUS[name]) == ([400], True)


@pytest.mark.parametrize("name", HARMLESS)
def test_what_has_one_reading_is_read_so(reached_directly: Running, name: str) -> None:
    assert said(reached_directly, HARMLESS[name]) == ([400, 200], False)


def test_no_process_has_died_of_it(reached_directly: Running) -> None:
    for sent, _ in OVERSIZED.values():
        said(reached_directly, sent)
    assert reached_directly.caller.get("/livez").status == 200
    assert "Unexpected exit" not in reached_directly.service.output()
