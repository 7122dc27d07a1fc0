"""Few hashes at once, few who wait for one, and no place is ever lost."""

import os
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from unittest.mock import Mock

import pytest
from pytest_django import Settings

from accounts.hash_pool import HashPool, hash_pool
from guard.exceptions import LONGEST_WAIT, Busy
from tests.accounts.hashing import SAFETY_SECONDS, full

CALLERS = 6
AT_ONCE_SECONDS = 2  # a caller that waits takes a thread from the others

# In a process of its own, because forking one with threads is warned of.
FORK = f"""
import os, signal, warnings
from accounts.hashers import SizedArgon2PasswordHasher
warnings.simplefilter("ignore")
hasher = SizedArgon2PasswordHasher()
hasher.encode("a password", "a" * 16)
child = os.fork()
signal.alarm({SAFETY_SECONDS})
if not child:
    hasher.encode("a password", "a" * 16)
    os._exit(0)
os._exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


@pytest.fixture
def pool() -> HashPool:
    """One hash at a time for one caller."""
    return HashPool(hashes=1, callers=1)


def priority() -> int:
    return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())


@pytest.mark.parametrize("bound", [1, 2, 3])
def test_so_many_hashes_at_once_as_the_bound_says_and_never_more(bound: int) -> None:
    pool, lock = HashPool(hashes=bound, callers=CALLERS), threading.Lock()
    together = threading.Barrier(bound)  # which are so many that each goes on
    running, most = 0, 0

    def work() -> None:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        together.wait(SAFETY_SECONDS)
        time.sleep(0.02)
        with lock:
            running -= 1

    with ThreadPoolExecutor(CALLERS) as callers:
        list(callers.map(lambda _: pool.run(work), range(CALLERS)))
    assert most == bound


@pytest.mark.parametrize("places", [1, 3])
def test_a_caller_too_many_is_told_at_once_when_to_come_back_and_nothing_is_done(
    places: int,
) -> None:
    pool = HashPool(hashes=1, callers=places)
    done: list[str] = []
    with full(pool, places):
        started = time.monotonic()
        with pytest.raises(Busy) as refused:
            pool.run(done.append, "a hash")
        assert time.monotonic() - started < AT_ONCE_SECONDS
    assert done == []
    assert 1 <= refused.value.wait <= LONGEST_WAIT


def test_callers_are_not_told_to_come_back_all_at_once() -> None:
    assert {Busy().wait for _ in range(200)} == set(range(1, LONGEST_WAIT + 1))


def test_a_place_is_given_back_after_success_error_and_refusal(pool: HashPool) -> None:
    assert pool.run(int, "1") == 1
    for _ in range(2):
        with pytest.raises(ValueError, match="invalid literal"):
            pool.run(int, "one")
    with full(pool, 1), pytest.raises(Busy):
        pool.run(int, "1")
    assert pool.run(int, "1") == 1


def test_who_has_a_place_needs_no_second(pool: HashPool) -> None:
    with pool.place():
        assert pool.run(int, "1") == 1
        with pool.place():
            assert pool.run(int, "2") == 2
    with pool.place():
        assert pool.run(int, "3") == 3


def test_a_hash_inside_a_hash_is_part_of_it(pool: HashPool) -> None:
    assert pool.run(pool.run, int, "1") == 1


def test_threads_of_one_caller_do_not_share_its_place(pool: HashPool) -> None:
    with pool.place(), ThreadPoolExecutor(1) as other, pytest.raises(Busy):
        other.submit(pool.run, int, "1").result()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a thread has no priority of its own")
def test_hashes_yield_to_those_who_answer(pool: HashPool) -> None:
    before = priority()
    assert pool.run(priority) == min(before + 15, 19)
    assert priority() == before


def test_the_pool_of_the_service_has_the_size_that_settings_say(settings: Settings) -> None:
    settings.HASHES_AT_ONCE, settings.HASH_CALLERS_AT_ONCE = 1, 2
    hash_pool.cache_clear()
    try:
        with full(hash_pool(), 2), pytest.raises(Busy):
            hash_pool().run(int, "1")
    finally:
        hash_pool.cache_clear()


def test_a_process_hashes_after_it_was_forked() -> None:
    subprocess.run([sys.executable, "-c", FORK], check=True)  # noqa: S603 - our own program


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a thread is not kept to cores")
def test_half_of_the_cores_are_left_to_those_who_answer(pool: HashPool) -> None:
    cores = os.sched_getaffinity(0)
    kept = pool.run(os.sched_getaffinity, 0)
    assert kept <= cores
    assert len(kept) == (len(cores) + 1) // 2
    assert os.sched_getaffinity(0) == cores


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a thread is not kept to cores")
def test_a_sandbox_that_forbids_it_stops_no_hash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_setaffinity", Mock(side_effect=PermissionError))
    assert HashPool(hashes=1, callers=1).run(int, "1") == 1
