"""What clients do all day: mostly reads, some writes, now and then a login, and what is refused."""

from __future__ import annotations

import secrets
from collections.abc import Generator
from dataclasses import dataclass
from http import HTTPStatus
from itertools import count

from tests.credentials.accounts import ME, TOKENS, Headers, api_token, credentials
from tests.fire.load import Answer
from tests.fire.messages import request

NOTES = "/api/v1/notes/"
LOGS_IN = 0  # the client that does: of several at once, the service sends some away (503)
STRANGERS = 50  # networks of which each has soon used up its limit


@dataclass(frozen=True)
class Step:
    """A request, and the statuses that are right for it."""

    kind: str
    raw: bytes
    right: frozenset[int]


Script = Generator[Step, Answer, None]


def step(  # noqa: PLR0913, PLR0917 - a request has as many parts
    kind: str,
    right: int | set[int],
    method: str,
    path: str,
    headers: Headers | None = None,
    data: object = None,
) -> Step:
    """Return one."""
    statuses = frozenset({right} if isinstance(right, int) else right)
    return Step(kind, request(method, path, headers, data), statuses)


def script(name: str, token: Headers, number: int) -> Script:
    """Yield the requests of one client for ever; each answer is sent in.

    What is written is deleted again and what is logged in is revoked, so that tables keep their
    size and what grows is memory.
    """
    yield from writes(token)  # so that there is something to read
    for turn in count(number):
        for _ in range(5):
            yield step("list", 200, "GET", NOTES, token)
            yield step("me", 200, "GET", ME, token)
        answer = yield from writes(token)
        yield step("read", 200, "GET", address(answer), token)
        yield step("delete", 204, "DELETE", address(answer), token)
        yield from refusals(token, turn)
        if number == LOGS_IN:
            answer = yield step("login", 201, "POST", TOKENS, elsewhere(), credentials(name))
            fresh = api_token(answer.response) if answer.status == HTTPStatus.CREATED else token
            yield step("revoke", 204, "DELETE", f"{TOKENS}current/", fresh)


def elsewhere() -> Headers:
    """Return what a proxy says of a network, of which there are enough to stay within limits."""
    return {"X-Forwarded-For": f"2001:db8:{secrets.randbelow(1 << 16):x}::1"}


def writes(token: Headers) -> Generator[Step, Answer, Answer]:
    """Write something, and return the answer."""
    text = {"title": "soak", "text": secrets.token_hex(500)}
    return (yield step("write", 201, "POST", NOTES, token, text))


def address(answer: Answer) -> str:
    """Return where a written note is, or an address at which none is."""
    found: str = answer.response.json["id"] if answer.status == HTTPStatus.CREATED else "none"
    return f"{NOTES}{found}/"


def refusals(token: Headers, turn: int) -> Script:
    """Yield a request without right, one too many, one that is malformed, and one for nothing."""
    stranger = {"X-Forwarded-For": f"198.51.100.{turn % STRANGERS}"}
    forged = {"Authorization": f"Token apitoken_{secrets.token_urlsafe(32)}"}
    yield step("stranger", {401, 429}, "GET", ME, stranger)
    yield step("forged", {401, 429}, "GET", ME, stranger | forged)
    yield step("malformed", 400, "POST", NOTES, token, {"title": ""})
    yield step("missing", 404, "GET", f"{NOTES}00000000-0000-4000-8000-000000000000/", token)
