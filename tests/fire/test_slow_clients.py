"""Two hundred clients that send one byte a second: others do not notice, and they are dropped."""

from __future__ import annotations

import time
from dataclasses import dataclass

from tests.credentials.deployment import Running
from tests.fire.load import Answer, burst
from tests.fire.messages import request
from tests.fire.slow import HALF_BODY, HALF_HEADER, SlowClients, slow_clients

SLOW = 100  # in the header, and as many in the body
REQUESTS = 300
# Of what the others get without slow clients; one thread a slow client would leave nothing.
SHARE, TIMES = 0.3, 4
# The limits of config/settings/server.py, a second between two looks, and a busy machine.
HEADER_SECONDS, BODY_SECONDS, LATE = 10, 20, 5


@dataclass(frozen=True)
class Speed:
    """How the others fare."""

    throughput: float  # requests a second
    latency: float  # seconds, of the slowest but five in a hundred

    @classmethod
    def of(cls, running: Running) -> Speed:
        """Measure it."""
        began = time.monotonic()
        answers = burst(running.caller.port, [request("GET", "/livez")] * REQUESTS, clients=8)
        seconds = time.monotonic() - began
        assert {answer.status for answer in answers} == {200}
        return cls(REQUESTS / seconds, _slowest(answers))


def _slowest(answers: list[Answer]) -> float:
    times = sorted(answer.answered - answer.sent for answer in answers)
    return times[int(len(times) * 0.95)]


def dropped(clients: SlowClients, seconds: float) -> None:
    """Wait until all are dropped, at most as long as they may stay."""
    while clients.open and time.monotonic() < clients.began + seconds + LATE:
        time.sleep(0.2)
    assert not clients.open
    assert min(clients.dropped) > seconds - 1


def test_slow_clients_cost_no_worker_and_are_dropped(reached_directly: Running) -> None:
    port, before = reached_directly.caller.port, Speed.of(reached_directly)
    with (
        slow_clients(port, HALF_HEADER, SLOW) as in_header,
        slow_clients(port, HALF_BODY, SLOW) as in_body,
    ):
        meanwhile = Speed.of(reached_directly)
        assert len(in_header.open) == len(in_body.open) == SLOW
        dropped(in_header, HEADER_SECONDS)
        dropped(in_body, BODY_SECONDS)
    assert meanwhile.throughput > SHARE * before.throughput
    assert meanwhile.latency < TIMES * before.latency + 0.05
    assert (in_header.told, in_body.told) == ({b""}, {b"HTTP/1.1 408"})
