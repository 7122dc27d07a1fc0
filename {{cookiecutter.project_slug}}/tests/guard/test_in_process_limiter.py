"""Threads that ask at the same moment, while each process counts for itself."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Timer

import pytest
from limits import RateLimitItemPerHour
from limits.storage import MemoryStorage

from guard.in_process_limiter import InProcessLimiter

THREADS = 8
QUESTIONS = 80
RATE = RateLimitItemPerHour(50)


class SlowlyRead:
    """An attribute that other threads may set while one is reading it."""

    def __get__(self, storage: MemoryStorage, owner: object) -> Timer:
        time.sleep(0.002)
        timer: Timer = vars(storage)["timer"]
        return timer

    def __set__(self, storage: MemoryStorage, value: Timer) -> None:
        vars(storage)["timer"] = value


def test_every_question_is_answered_and_exactly_n_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MemoryStorage, "timer", SlowlyRead(), raising=False)
    limiter = InProcessLimiter()
    with ThreadPoolExecutor(THREADS) as threads:
        answers = list(threads.map(lambda _: limiter.hit(RATE, "somebody"), range(QUESTIONS)))
    assert answers.count(True) == RATE.amount
