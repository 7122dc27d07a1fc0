"""What a store costs, forgets, and does when the connection to it breaks."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from guard.limits import counters, process_store
from guard.limits.redis_store import RedisStore, StoreLostError
from guard.limits.rules import Rate, Rule
from tests.guard.limits.conftest import LetPass, Store

# In a process of its own, because forking one with threads is warned of.
FORK = """
import os
from guard.limits import counters
parents = counters.shared_store()
process = os.fork()
if not process:
    os._exit(counters.shared_store() is parents)
os._exit(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]))
"""
NOISE = 2  # seconds that a busy machine may add; a stock client waits five


def size(store: Store, rule: Rule) -> int:
    """Return how many times a counter holds."""
    if isinstance(store, RedisStore):
        return int(store.client.llen(rule.name))
    return len(store.counters[rule.name])


def test_a_counter_holds_no_more_than_its_rate(store: Store, let_pass: LetPass) -> None:
    rule = Rule("anon", "one", Rate(3, 1))
    for _ in range(7):
        store.take([rule])
        let_pass(0.2)
        assert size(store, rule) <= 3


def test_a_counter_that_nobody_asks_is_forgotten(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules = [Rule("anon", str(key), Rate(3, 60)) for key in range(3)]
    monkeypatch.setattr(process_store, "MOST_COUNTERS", 2)
    for rule in rules:
        store.take([rule])
    if isinstance(store, RedisStore):
        assert all(0 < int(store.client.pttl(rule.name)) <= 60_000 for rule in rules)
    else:
        assert list(store.counters) == [rule.name for rule in rules[1:]]


def test_another_rate_is_another_counter(store: Store) -> None:
    rule = Rule("anon", "one", Rate(1, 60))
    others = [rule._replace(rate=Rate(2, 60)), rule._replace(rate=Rate(1, 3600))]
    assert all(store.take([each])[0].had_room for each in (rule, *others))


@pytest.fixture
def silent() -> Iterator[str]:
    """The address of a server that accepts and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"redis://127.0.0.1:{server.getsockname()[1]}/0"


@pytest.mark.parametrize("patience", [counters.PATIENCE, counters.PROBE_PATIENCE])
def test_a_store_that_hangs_is_given_up_at_once(silent: str, patience: float) -> None:
    store = RedisStore(silent, patience)
    started = time.monotonic()
    with pytest.raises(StoreLostError):
        store.take([Rule("anon", "one", Rate(1, 60))])
    assert patience <= time.monotonic() - started < patience + NOISE
    store.client.close()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows has no fork")
def test_a_new_process_shares_no_connection_with_its_parent() -> None:
    subprocess.run([sys.executable, "-c", FORK], check=True)  # noqa: S603 - our own program
