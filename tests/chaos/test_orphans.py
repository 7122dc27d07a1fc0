"""What becomes of a worker whose server is killed, and nothing else with it."""

from __future__ import annotations

import time
from pathlib import Path

from tests.chaos.world import Chaos
from tests.smoke.client import SECONDS
from tests.smoke.workers import workers


def test_a_worker_ends_with_its_server(world: Chaos) -> None:
    member = world.members[0]
    (worker,) = workers(member.process.pid)
    member.process.kill()
    member.process.wait()
    deadline = time.monotonic() + SECONDS
    while Path("/proc", str(worker)).exists():
        assert time.monotonic() < deadline
        time.sleep(0.05)
    member.start()
    member.wait_ready()
