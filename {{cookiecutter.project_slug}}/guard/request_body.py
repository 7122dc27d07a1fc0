"""Reads the body of a request: all of what is small enough, nothing of what is not."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

from guard.wsgi_environ import Header

# A sender who has not finished when the answer comes and the connection ends may never read it, and
# a proxy makes a 502 of it (RFC 9112, 9.6). So the rest of a body that is refused is awaited, too.
LINGER = 0.5  # seconds at most
DISCARDED = 4_000_000  # bytes at most; who sends more reads the answer or does not

Message = dict[str, object]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


class BrokenBodyError(Exception):
    """The connection ended inside of a body, or its chunks are not HTTP."""


def announces_body(headers: list[Header]) -> bool:
    """Tell whether a request has a body (RFC 9112, 6.3)."""
    return any(name in {b"content-length", b"transfer-encoding"} for name, _ in headers)


async def read_body(
    headers: list[Header], receive: Receive, size: int
) -> tuple[list[Header], bytes]:
    """Return headers that state the body's length, and the body.

    One of more than `size` bytes is nothing, with a length that Django refuses (413) once it is
    asked for. Raises BrokenBodyError.
    """
    others = [header for header in headers if header[0] != b"content-length"]
    stated = dict(headers).get(b"content-length", b"")
    if stated and int(stated) > size:
        # Who waits for leave to send (RFC 9110, 10.1.1) has sent nothing yet.
        if int(stated) <= DISCARDED and b"expect" not in dict(headers):
            await discard(receive)
        return headers, b""
    body = bytearray()
    more = True
    while more:
        chunk, more = await _next(receive)
        body += chunk
        if len(body) > size:
            if more:
                await discard(receive)
            return [*others, (b"content-length", str(len(body)).encode())], b""
    return [*others, (b"content-length", str(len(body)).encode())], bytes(body)


async def discard(receive: Receive) -> None:
    """Read on without keeping anything, within LINGER and DISCARDED."""
    size, more = 0, True
    with suppress(TimeoutError):
        async with asyncio.timeout(LINGER):
            while more and size < DISCARDED:
                chunk, more = await _next(receive)
                size += len(chunk)


async def _next(receive: Receive) -> tuple[bytes, bool]:
    """Return a piece of the body, and whether there is more."""
    message = await receive()
    if message["type"] == "http.disconnect":
        raise BrokenBodyError
    chunk = message.get("body", b"")
    return chunk if isinstance(chunk, bytes) else b"", bool(message.get("more_body", False))
