"""The files in which the processes of a service count: one set for each place, one process in it.

A process that dies leaves its place to the next, which goes on with its counters. So there are
never more sets than processes, and nothing that was counted is lost. The kernel knows who lives:
it ends the lock of a process with the process, however that ends.
"""

import atexit
import fcntl
import itertools
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

VARIABLE = "PROMETHEUS_MULTIPROC_DIR"  # by which prometheus-client knows the folder
PREFIX = "service-metrics-"
# Bytes of a place; observability/metrics.py bounds what is written there. All are taken at the
# start: a file that found no room later would end the process that writes (SIGBUS).
SIZES = {
    "counter": 320 * 1024,
    "histogram": 512 * 1024,
    "gauge_livemax": 4 * 1024,
    "gauge_livesum": 4 * 1024,
}
SPARE_PLACES = 2  # the process that starts the workers, and a worker that takes over from another

_locks: list[int] = []


def make_folder(workers: int) -> Path:
    """Make a folder with a place for each process, and have it removed when this process ends.

    Raises OSError where there is no room. What a killed predecessor has left behind goes first.
    """
    for left in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        _remove_if_left(left)
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    atexit.register(_remove_as, os.getpid(), folder)
    # What cleans /tmp by age (systemd-tmpfiles) leaves a folder alone that is locked.
    _locks.append(os.open(folder, os.O_RDONLY | os.O_DIRECTORY))
    fcntl.flock(_locks[-1], fcntl.LOCK_EX)
    for number in range(workers + SPARE_PLACES):
        for kind, size in SIZES.items():
            file = os.open(folder / f"{kind}_{number}.db", os.O_RDWR | os.O_CREAT, 0o600)
            os.posix_fallocate(file, 0, size)
            os.close(file)
    return folder


@cache
def place() -> int:
    """Return the place of this process, which it takes when it is asked for the first time."""
    folder = Path(os.environ[VARIABLE])
    with _alone(folder):
        for number in itertools.count():
            lock = _lock(folder / f"{number}.lock")
            if lock is not None:
                _locks.append(lock)
                _forget_gauges(folder, number)
                return number
    raise AssertionError  # there is always a next number


def forget_the_dead(folder: Path) -> None:
    """Let gauges of processes that are gone count no more."""
    with _alone(folder):
        for file in folder.glob("[0-9]*.lock"):
            lock = _lock(file)
            if lock is not None:
                _forget_gauges(folder, int(file.stem))
                os.close(lock)


def _forget_gauges(folder: Path, number: int) -> None:
    """Empty the files where they are: a file that is removed gives its room away."""
    for file in folder.glob(f"gauge_live*_{number}.db"):
        with file.open("r+b") as content:
            content.write(bytes(8))  # how much of it is in use


def _lock(file: Path, wait: int = fcntl.LOCK_NB) -> int | None:
    """Return a lock that lasts until it is closed, or None if another process has it."""
    lock = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | wait)
    except BlockingIOError:
        os.close(lock)
        return None
    return lock


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep others from taking and looking at places until the block ends."""
    lock = _lock(folder / "all.lock", wait=0)
    try:
        yield
    finally:
        os.close(lock or 0)


def _remove_if_left(folder: Path) -> None:
    """Remove a folder of ours in whose places nobody lives."""
    with suppress(FileNotFoundError):  # another start was faster
        if folder.lstat().st_uid != os.geteuid():
            return
    locks = [_lock(file) for file in folder.glob("*.lock")]
    if None not in locks:
        shutil.rmtree(folder, ignore_errors=True)
    for lock in locks:
        if lock is not None:
            os.close(lock)


def _remove_as(owner: int, folder: Path) -> None:
    if os.getpid() == owner:  # a child that ends leaves it to the others
        shutil.rmtree(folder, ignore_errors=True)


def _begin_child() -> None:
    """Take a place of its own: the one that a child was born with is its parent's."""
    for lock in _locks:
        os.close(lock)
    _locks.clear()
    place.cache_clear()


os.register_at_fork(after_in_child=_begin_child)
