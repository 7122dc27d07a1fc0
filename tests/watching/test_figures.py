"""What Prometheus is told is what has happened, in all processes together."""

from __future__ import annotations

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.credentials.deployment import Deployment
from tests.smoke.client import Client
from tests.smoke.service import PASSWORD
from tests.smoke.workers import workers
from tests.watching.conftest import watching
from tests.watching.scrape import Watched, total

ME, TOKENS = "/api/v1/me/", "/api/v1/auth/tokens/"
CALLS = 200
REFUSED = {"route": ME, "method": "GET", "status": "401"}


def call(client: Client, times: int, path: str = ME) -> list[int]:
    """Call from eight clients at once; whom a dying process leaves without an answer gets 0."""

    def one(_: int) -> int:
        try:
            return client.get(path).status
        except OSError:
            return 0

    with ThreadPoolExecutor(8) as clients:
        return list(clients.map(one, range(times)))


def test_the_sums_are_exact_over_all_processes(watched: Watched) -> None:
    before = watched.figures()
    calls = 0
    while watched.answering(ME) < 2 or not calls:  # one may still be about to begin
        assert calls < 50 * CALLS
        assert call(watched.running.caller, CALLS) == [401] * CALLS
        calls += CALLS
    after = watched.figures()
    for name, labels in (
        ("http_requests_total", REFUSED),
        ("http_request_duration_seconds_count", {"route": ME}),
        ("http_request_queue_seconds_count", {}),
    ):
        assert total(after, name, **labels) - total(before, name, **labels) == calls


def test_what_happens_to_a_login_is_counted(watched: Watched) -> None:
    before = watched.until(lambda found: total(found, "http_request_threads") == 8)
    client = watched.running.caller
    right = {"username": "alice", "password": PASSWORD}
    assert client.post(TOKENS, right).status == 201
    assert client.post(TOKENS, right | {"password": "wrong"}).status == 401
    after = watched.figures()
    for event in ("authn_login_success", "authn_token_created", "authn_login_fail"):
        name, labels = "security_events_total", {"event": event}
        assert total(after, name, **labels) - total(before, name, **labels) == 1
    assert total(after, "security_events_total", event="sys_startup") == 1
    assert total(after, "password_pool_places") == 2 * 2
    assert total(after, "password_pool_places_in_use") == 0
    assert 1 <= total(after, "database_connections_open") <= 2 * 4


def test_a_killed_worker_takes_no_count_with_it_and_leaves_no_gauge(
    deployed: Deployment, tmp_path: Path
) -> None:
    with watching(deployed, tmp_path) as watched:
        client = watched.running.caller
        counted = call(client, CALLS)
        before = watched.until(lambda found: total(found, "http_request_threads") == 8)
        with ThreadPoolExecutor(1) as killer:
            killer.submit(os.kill, workers(watched.running.service.process.pid)[0], signal.SIGKILL)
            counted += call(client, CALLS)
        gone = watched.figures()
        for sample, value in before.items():
            if sample[0].endswith(("_total", "_count", "_bucket", "_sum")):
                assert gone[sample] >= value, sample
        back = watched.until(lambda found: total(found, "worker_starts_total") == 3)
        assert total(back, "http_request_threads") == 8
        assert total(back, "http_requests_in_flight") == 0
        answered, unknown = counted.count(401), counted.count(0)
        assert answered <= total(back, "http_requests_total", **REFUSED) <= answered + unknown
        assert len(list(watched.folder.glob("*/histogram_*.db"))) == 4  # none for each that died
