"""Counts in this process alone: for local work, tests, and while the shared store is lost."""

from threading import Lock

from limits import RateLimitItem, WindowStats
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter


class InProcessLimiter(MovingWindowRateLimiter):
    """One question at a time.

    MemoryStorage starts its timer without a lock: threads that ask at the same moment start it
    twice, which is a RuntimeError.
    """

    def __init__(self) -> None:
        super().__init__(MemoryStorage())
        self.lock = Lock()

    def hit(self, item: RateLimitItem, *identifiers: str, cost: int = 1) -> bool:
        """Count, and tell whether it was within the limit."""
        with self.lock:
            return super().hit(item, *identifiers, cost=cost)

    def test(self, item: RateLimitItem, *identifiers: str, cost: int = 1) -> bool:
        """Tell whether one more would be within the limit."""
        with self.lock:
            return super().test(item, *identifiers, cost=cost)

    def get_window_stats(self, item: RateLimitItem, *identifiers: str) -> WindowStats:
        """Tell when the next one is free, and how many are."""
        with self.lock:
            return super().get_window_stats(item, *identifiers)
