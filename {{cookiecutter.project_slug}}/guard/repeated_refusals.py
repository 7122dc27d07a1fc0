"""Who asks the same again within a second of a 429 gets it again, at once, in the event loop.

A caller that goes on beyond its limit would take a thread, a question to the store and all layers
each time. Nothing is decided here: the same is every byte of a request but its id, from the same
peer; the answer is the limit's, and never after the wait that it named. A second is the longest,
so that counters which were cleared or given back are soon asked. Each answer has an id, a line in
the log and an event of its own.
"""

import time
from collections.abc import Sequence
from http import HTTPStatus
from itertools import chain
from typing import NamedTuple

from django.http import HttpRequest

from guard.events import Event, emit
from guard.request_log import Line, identified, request_id_of
from guard.wsgi_environ import Header, Scope

LIMITED = "gateway.limited"  # in the WSGI environ, where callers write HTTP_* only
LONGEST = 1.0  # seconds
MOST = 500  # requests that are remembered; beyond it the oldest is forgotten
LARGEST = 4096  # bytes of one
ID = b"x-request-id"

Key = tuple[object, ...]


class Limited(NamedTuple):
    """What a limit that has refused a request leaves in its environ."""

    scope: str
    seconds: float  # until one more passes
    request_id: str
    method: str
    path: str
    address: str

    @classmethod
    def of(cls, request: HttpRequest, scope: str, seconds: float) -> "Limited":
        """Return it for a request."""
        request_id, method = getattr(request, "request_id", ""), request.method or ""
        return cls(scope, seconds, request_id, method, request.path, request.META["REMOTE_ADDR"])


class Answer(NamedTuple):
    """A 429 as it is sent."""

    headers: Sequence[Header]
    body: bytes


class Refusal(NamedTuple):
    """An answer that a limit gave, and until when it holds (time.monotonic)."""

    limited: Limited
    until: float
    answer: Answer

    def again(self, headers: Sequence[Header]) -> Answer:
        """Return the answer for one more such request, and write about it."""
        request_id = request_id_of(dict(headers).get(ID, b"").decode("latin-1"))
        scope, _, old, method, path, address = self.limited
        line = Line(method, path, address)
        with identified(request_id, address):
            emit(Event.RATE_LIMITED, scope=scope, address=address, method=method, path=path)
            line.write(HTTPStatus.TOO_MANY_REQUESTS)
        new = request_id.encode()
        return Answer(
            [(name, new if name == ID else value) for name, value in self.answer.headers],
            self.answer.body.replace(old.encode(), new),
        )


class RepeatedRefusals:
    """The refusals of the last second, by what was asked; of one event loop."""

    def __init__(self) -> None:
        self.known: dict[Key, Refusal] = {}

    def find(self, scope: Scope, headers: Sequence[Header]) -> Refusal | None:
        """Return the refusal of the same request, or None."""
        found = self.known.get(key_of(scope, headers)) if self.known else None
        return found if found and time.monotonic() < found.until else None

    def note(
        self, scope: Scope, headers: Sequence[Header], limited: Limited, answer: Answer
    ) -> None:
        """Remember the answer to a request without a body."""
        parts = [scope["raw_path"], scope["query_string"], *chain.from_iterable(headers)]
        if sum(map(len, parts)) > LARGEST:
            return
        key, until = key_of(scope, headers), time.monotonic() + min(LONGEST, limited.seconds)
        self.known.pop(key, None)
        if len(self.known) >= MOST:
            del self.known[next(iter(self.known))]
        self.known[key] = Refusal(limited, until, answer)


def key_of(scope: Scope, headers: Sequence[Header]) -> Key:
    """Return all that a request without a body says, and who sends it."""
    asked = (scope["method"], scope["raw_path"], scope["query_string"], scope["scheme"])
    return (scope["client"][0], *asked, *(header for header in headers if header[0] != ID))
