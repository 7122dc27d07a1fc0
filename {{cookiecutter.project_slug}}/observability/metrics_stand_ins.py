"""Parts of the service that count what they do, in place of those that do not."""

import threading
import time
from wsgiref.types import WSGIEnvironment

from accounts.hash_pool import HashPool
from guard.gateway import TOO_MANY, Gateway
from guard.repeated_refusals import Answer, Refusal
from guard.request_body import Send
from guard.wsgi_environ import Header
from observability import metrics

QUEUED_AT = "metrics.queued_at"  # in the WSGI environ, where callers write HTTP_* only


class MeasuredGateway(Gateway):
    """Says when a request has come and begins to wait for a thread."""

    async def answer(self, environ: WSGIEnvironment, send: Send) -> Answer:
        """Answer as always."""
        environ[QUEUED_AT] = time.perf_counter()
        return await super().answer(environ, send)

    async def refuse_again(self, refusal: Refusal, headers: list[Header], send: Send) -> None:
        """Answer as always."""
        started = time.perf_counter()
        await super().refuse_again(refusal, headers, send)
        seconds, method = time.perf_counter() - started, refusal.limited.method
        metrics.count_request(metrics.NO_ROUTE, method, str(TOO_MANY), seconds)


class Places(threading.BoundedSemaphore):
    """Places whose use is counted."""

    def acquire(self, blocking: bool = True, timeout: float | None = None) -> bool:  # noqa: FBT001, FBT002 - as its parent
        """Take a place as always."""
        taken = super().acquire(blocking, timeout)
        if taken:
            metrics.HASH_PLACES_IN_USE.inc()
        else:
            metrics.HASHES_REFUSED.inc()
        return taken

    def release(self, n: int = 1) -> None:
        """Give it back as always."""
        super().release(n)
        metrics.HASH_PLACES_IN_USE.dec(n)


class MeasuredHashPool(HashPool):
    """Counts who is in the pool and who was sent away."""

    def __init__(self, *, hashes: int, callers: int) -> None:
        super().__init__(hashes=hashes, callers=callers)
        self._places = Places(callers)
