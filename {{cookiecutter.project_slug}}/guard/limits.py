"""Rate limits: one atomic step in a store that all processes share.

The counting is the moving window of the package `limits`: no more than N in any period, and the
check and the count are one script in Redis. When Redis is lost, each process counts for itself
until Redis is back; what must not be guessed at (`strict`) is refused meanwhile.
"""

import math
import time
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from limits import RateLimitItem, parse
from limits.errors import StorageError
from limits.storage import storage_from_string
from limits.strategies import MovingWindowRateLimiter
from rest_framework.settings import api_settings

from guard.events import Event, emit
from guard.exceptions import StoreUnavailable
from guard.in_process_limiter import InProcessLimiter

REDIS_TIMEOUT = 0.1  # seconds; a stock client waits five


@cache
def shared_limiter() -> MovingWindowRateLimiter:
    """Return the limiter on the store of LIMIT_STORE."""
    address = settings.LIMIT_STORE
    if address.startswith("memory:"):
        return InProcessLimiter()
    options = {"socket_timeout": REDIS_TIMEOUT, "socket_connect_timeout": REDIS_TIMEOUT}
    return MovingWindowRateLimiter(storage_from_string(address, wrap_exceptions=True, **options))


@cache
def own_limiter() -> MovingWindowRateLimiter:
    """Return the limiter that counts in this process alone."""
    return InProcessLimiter()


class StoreState:
    """Whether the shared store answered last, so that its loss is one event and not thousands."""

    lost = False

    @classmethod
    def note(cls, *, lost: bool) -> None:
        """Remember, and emit an event if it has changed."""
        if lost is not cls.lost:
            cls.lost = lost
            emit(Event.STORE_LOST if lost else Event.STORE_FOUND)


@cache
def rate_of(scope: str) -> RateLimitItem:
    """Return the rate of a scope of DEFAULT_THROTTLE_RATES."""
    return parse(str(api_settings.DEFAULT_THROTTLE_RATES[scope]))


@dataclass(frozen=True, slots=True)
class Question:
    """Whether one more request is within a rate."""

    rate: RateLimitItem
    scope: str
    key: str
    count: bool

    def put_to(self, limiter: MovingWindowRateLimiter) -> float | None:
        """Ask; the waiting time is read only after a refusal."""
        passes = limiter.hit if self.count else limiter.test
        if passes(self.rate, self.scope, self.key):
            return None
        reset = limiter.get_window_stats(self.rate, self.scope, self.key).reset_time
        return max(1, math.ceil(reset - time.time()))


def ask(
    scope: str,
    key: str,
    *,
    count: bool = False,
    strict: bool = False,
    rate: RateLimitItem | None = None,
) -> float | None:
    """Return None if a request of `scope` is within the limit of `key`, else seconds to wait.

    With `count` it is counted in the same step; without, only looked at. The rate is that of the
    scope unless one is given. Raises StoreUnavailable for a strict limit whose store is lost.
    """
    question = Question(rate or rate_of(scope), scope, key, count)
    try:
        seconds = question.put_to(shared_limiter())
    except StorageError as error:
        StoreState.note(lost=True)
        if strict:
            raise StoreUnavailable from error
        return question.put_to(own_limiter())
    StoreState.note(lost=False)
    return seconds
