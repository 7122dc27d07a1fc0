"""Bounds password work, so that a flood of logins leaves the rest of the service its speed.

A hash is made to be expensive. Few are computed at once, by threads that yield to those that answer
requests, and few requests may wait for one; the next is told to come back.
"""

import os
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import cache
from typing import Any, TypeVar

from django.conf import settings
from django.utils.module_loading import import_string

from guard.exceptions import Busy

LOWER_PRIORITY = 15  # of nice(1): a thirtieth of a core's time while others want all of it

Result = TypeVar("Result")


class HashPool:
    """So many `hashes` are computed at once, so many `callers` wait for theirs or are served."""

    def __init__(self, *, hashes: int, callers: int) -> None:
        self._threads = ThreadPoolExecutor(hashes, "hash", self._begin_thread)
        self._places = threading.BoundedSemaphore(callers)
        self._here = threading.local()

    def _begin_thread(self) -> None:
        self._here.hashes = True
        if sys.platform == "linux":  # elsewhere it is not this thread's alone
            os.nice(LOWER_PRIORITY)
            # A priority alone does not keep an answer from waiting until a core is left to it.
            cores = sorted(os.sched_getaffinity(0))
            with suppress(OSError):  # a sandbox may forbid it
                os.sched_setaffinity(0, cores[len(cores) // 2 :])

    @contextmanager
    def place(self) -> Iterator[None]:
        """Hold a place until the block ends; who has one already needs no second.

        Raises Busy if none is free.
        """
        if getattr(self._here, "has_place", False):
            yield
            return
        if not self._places.acquire(blocking=False):
            raise Busy
        self._here.has_place = True
        try:
            yield
        finally:
            self._here.has_place = False
            self._places.release()

    def run(self, work: Callable[..., Result], *given: Any) -> Result:
        """Return what `work` returns, or raise what it raises; Busy if no place is free."""
        if getattr(self._here, "hashes", False):  # a hash that is part of a hash
            return work(*given)
        with self.place():
            return self._threads.submit(work, *given).result()


@cache
def hash_pool() -> HashPool:
    """Return the pool of this process."""
    pool: HashPool = import_string(settings.HASH_POOL)(
        hashes=settings.HASHES_AT_ONCE, callers=settings.HASH_CALLERS_AT_ONCE
    )
    return pool


if hasattr(os, "register_at_fork"):  # threads do not survive a fork
    os.register_at_fork(after_in_child=hash_pool.cache_clear)
