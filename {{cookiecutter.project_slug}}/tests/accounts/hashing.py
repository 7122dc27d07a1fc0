"""A hasher that waits until it is let go, and pools of a known size."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.auth.hashers import MD5PasswordHasher

from accounts.hash_pool import HashPool
from accounts.hashers import BoundedHashing

SAFETY_SECONDS = 60  # ends a test that would wait for ever


class HeldHasher(MD5PasswordHasher):
    """Counts its hashes; `go` lets them end, `arrived` tells of each that has begun."""

    hashes = 0
    go = threading.Event()
    arrived = threading.Semaphore(0)

    def encode(self, password: str, salt: str) -> str:
        """Hash when it is let go."""
        HeldHasher.hashes += 1
        self.arrived.release()
        self.go.wait(SAFETY_SECONDS)
        return super().encode(password, salt)


class BoundedHeldHasher(BoundedHashing, HeldHasher):
    """The same, bounded as the hashers of the service are."""


HELD = f"{__name__}.{BoundedHeldHasher.__name__}"


@contextmanager
def full(pool: HashPool, places: int) -> Iterator[None]:
    """Have other threads hold all places of a pool until the block ends."""
    over = threading.Event()
    ready = threading.Barrier(places + 1)

    def hold() -> None:
        with pool.place():
            ready.wait(SAFETY_SECONDS)
            over.wait(SAFETY_SECONDS)

    threads = [threading.Thread(target=hold) for _ in range(places)]
    for thread in threads:
        thread.start()
    ready.wait(SAFETY_SECONDS)
    try:
        yield
    finally:
        over.set()
        for thread in threads:
            thread.join()
