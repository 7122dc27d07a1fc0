"""Requests as bytes, and the many ways to lie about where one comes from."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator, Mapping
from itertools import count

from tests.matrix.production import HOST

LIES = (
    "X-Forwarded-For",
    "X_Forwarded_For",
    "X-Real-IP",
    "X_Real_IP",
    "Forwarded",
    "True-Client-IP",
    "CF-Connecting-IP",
    "Client-IP",
    "X-Client-IP",
    "X-Cluster-Client-IP",
    "Remote-Addr",
    "Remote_Addr",
)
_numbers = count(secrets.randbelow(1 << 16))


def request(
    method: str, path: str, headers: Mapping[str, str] | None = None, data: object = None
) -> bytes:
    """Return a request as a proxy that ends TLS sends it; `data` goes as JSON."""
    sent = {"Host": HOST, "X-Forwarded-Proto": "https"} | dict(headers or {})
    body = b""
    if data is not None:
        body = json.dumps(data).encode()
        sent |= {"Content-Type": "application/json", "Content-Length": str(len(body))}
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in sent.items())]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


def address() -> str:
    """Return an address of the Internet that no test has used yet."""
    number = next(_numbers)
    return f"100.{64 + (number >> 16) % 64}.{number >> 8 & 255}.{number & 255}"


def own_address() -> str:
    """Return an address of this machine; all of 127.0.0.0/8 is (RFC 1122, 3.2.1.3)."""
    return f"127{address().removeprefix('100')}"


def subnet() -> Iterator[str]:
    """Yield addresses of one subscriber, a /64 that no test has used yet (RFC 6177)."""
    prefix = f"2001:db8:{secrets.randbelow(1 << 16):x}:{next(_numbers) & 65535:x}"
    while True:
        rest = [f"{secrets.randbelow(1 << 16):x}" for _ in range(4)]
        yield ":".join([prefix, *rest])


def lie() -> dict[str, str]:
    """Return a header that claims another address, as its name demands it."""
    name, claimed = secrets.choice(LIES), address()
    return {name: f"for={claimed};proto=https" if name == "Forwarded" else claimed}


def proxied(client: str) -> dict[str, str]:
    """Return what the one trusted proxy passes on for a client who lies as well as it can.

    The proxy appends to X-Forwarded-For; what else the client has sent comes before or after it.
    """
    lied = lie()
    claimed = lied.pop("X-Forwarded-For", None)
    chain = {"X-Forwarded-For": f"{claimed}, {client}" if claimed else client}
    return lied | chain if secrets.randbelow(2) else chain | lied
