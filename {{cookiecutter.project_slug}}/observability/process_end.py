"""What is done when a process ends: a worker of a server, which `atexit` forgets, or any other."""

from collections.abc import Callable
from contextlib import suppress
from multiprocessing.util import Finalize
from threading import Thread


def at_the_end(work: Callable[[], object], seconds: float) -> None:
    """Call `work` when this process ends, and let it end after `seconds` whatever becomes of it."""
    Finalize(None, _within, (work, seconds), exitpriority=0)


def _within(work: Callable[[], object], seconds: float) -> None:
    worker = Thread(target=work, daemon=True)
    with suppress(RuntimeError):  # too late for a thread: an interpreter that is no worker
        worker.start()
        worker.join(seconds)
