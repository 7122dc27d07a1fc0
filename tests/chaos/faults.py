"""The faults: each makes one, and returns the moment at which it was over."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Sequence
from functools import partial

from tests.chaos.database import FAST, IMMEDIATE, Database
from tests.chaos.fleet import Member
from tests.fire.store import Store
from tests.smoke.workers import workers

OUTAGE_SECONDS = 5
PAUSE_SECONDS = 30
LEFT_ALONE_SECONDS = 2  # fail_timeout of the page's nginx
Members = Sequence[Member]


def worker_killed(members: Members) -> float:
    """`kill -9` of a worker; its own server starts another."""
    (worker,) = workers(members[0].process.pid)
    os.kill(worker, signal.SIGKILL)
    over = time.monotonic()
    time.sleep(1)
    members[0].wait_ready()
    return over


def process_killed(members: Members) -> float:
    """`kill -9` of a server and its worker, as for want of memory; a supervisor starts another."""
    member = members[1]
    member.signal(signal.SIGKILL)
    over = time.monotonic()
    member.process.wait()
    member.start()
    member.wait_ready()
    return over


def rolling_restart(members: Members) -> float:
    """All restarted, one by one, the next when nginx has taken the one before back."""
    for member in members:
        member.restart()
        time.sleep(LEFT_ALONE_SECONDS)
    return time.monotonic()


def redis_stopped(store: Store) -> float:
    """Redis stopped and started again."""
    store.stop()
    time.sleep(OUTAGE_SECONDS)
    store.start()
    return time.monotonic()


def database_stopped(database: Database, how: signal.Signals) -> float:
    """PostgreSQL stopped and started again."""
    database.stop(how)
    time.sleep(OUTAGE_SECONDS)
    database.start()
    return time.monotonic()


def database_full(database: Database, name: str) -> float:
    """Every connection of PostgreSQL taken by somebody else."""
    with database.full(name):
        time.sleep(OUTAGE_SECONDS)
    return time.monotonic()


def paused(members: Members) -> float:
    """One process stopped by SIGSTOP for 30 seconds."""
    member = members[2]
    member.signal(signal.SIGSTOP)
    time.sleep(PAUSE_SECONDS)
    member.signal(signal.SIGCONT)
    return time.monotonic()


def both_killed(members: Members) -> float:
    """One after the other."""
    worker_killed(members)
    return process_killed(members)


def all_faults(
    members: Members, store: Store, database: Database, name: str
) -> dict[str, Callable[[], float]]:
    """Return each fault under a name for people; `name` is that of the service's database."""
    gone = f"gone for {OUTAGE_SECONDS} s"
    return {
        "`kill -9` of a worker": partial(worker_killed, members),
        "`kill -9` of a whole process": partial(process_killed, members),
        "rolling restart of all three": partial(rolling_restart, members),
        f"Redis {gone}": partial(redis_stopped, store),
        f"PostgreSQL {gone}, fast shutdown": partial(database_stopped, database, FAST),
        f"PostgreSQL {gone}, immediate shutdown": partial(database_stopped, database, IMMEDIATE),
        f"PostgreSQL's connections taken for {OUTAGE_SECONDS} s": partial(
            database_full, database, name
        ),
        f"one process paused for {PAUSE_SECONDS} s": partial(paused, members),
    }
