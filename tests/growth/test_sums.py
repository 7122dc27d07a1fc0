"""The sums of the estimate: where theory knows the answer, the simulation finds it."""

from __future__ import annotations

import pytest

from benchmarks.growth.counters import names
from benchmarks.growth.estimate import ends, needs, processes
from benchmarks.growth.simulation import Machine, predict

# One millisecond of Python and half of one in stores, on as many cores as one likes.
REQUEST = {
    "service": 1.0,
    "postgresql": 0.4,
    "redis": 0.1,
    "clients": 0.0,
    "transactions": 3.0,
    "calls": 1.0,
    "log": 300.0,
    "megabytes": 100.0,
}
CLIENTS = [
    {"what": "account", "counts": 1, "bytes": 280.0},
    {"what": "account", "counts": 1000, "bytes": 10_270.0},
]


def machine(cores: int, processes_: int) -> Machine:
    return Machine(cores, processes_, 4, service=1.0, stores=0.5, clients=0.0)


def test_a_client_alone_waits_for_nobody() -> None:
    assert predict(machine(8, 1), 1).rate == pytest.approx(1000 / 1.5, rel=0.05)


def test_a_process_gives_no_more_than_its_interpreter() -> None:
    assert predict(machine(8, 1), 64).rate == pytest.approx(1000, rel=0.05)


def test_two_processes_give_twice_as_much_where_there_are_cores() -> None:
    assert predict(machine(8, 2), 64).rate == pytest.approx(2000, rel=0.05)


def test_and_no_more_than_the_cores_where_there_are_not() -> None:
    assert predict(machine(2, 2), 64).rate == pytest.approx(2000 / 1.5, rel=0.05)
    assert predict(machine(1, 2), 64).rate == pytest.approx(1000 / 1.5, rel=0.05)


def test_answers_come_later_the_more_clients_wait() -> None:
    times = [predict(machine(2, 2), clients).p99 for clients in (1, 16, 256)]
    assert times[0] < times[1] < times[2]


def test_processes_are_busy_to_six_tenths() -> None:
    assert processes(REQUEST, 600) == 1
    assert processes(REQUEST, 601) == 2


def test_what_is_needed_grows_with_the_rate() -> None:
    found = {need.what: need.needs for need in needs(REQUEST, CLIENTS)}
    assert found["statements a second in PostgreSQL"] == [3000, 300_000]
    assert found["log, MB a second"] == pytest.approx([0.3, 30])
    # 36,000 accounts: a write in five minutes at most each; 280 bytes and 10 for each later count.
    writes = found["writes of `last_used_at` a second for them, at most"]
    assert writes == [120, 12_000]
    memory = found["memory of Redis for accounts with 100 requests an hour each, GB"]
    assert memory[0] == pytest.approx(36_000 * (280 + 990) / 2**30)


def test_what_ends_first_is_named_first() -> None:
    assert [round(rate) for rate, _ in ends(REQUEST)] == [600, 6000, 14_400, 24_000]


def test_no_two_clients_share_a_counter() -> None:
    for scope in ("anon", "user"):
        assert len(set(names(scope, 100, 100_000))) == 100_000
