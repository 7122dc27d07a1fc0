"""A new version is rolled out as docs/deployment.md says, while a client writes.

In two steps: `up` alone starts everything anew here, changed or not, because podman does not name
networks as compose expects.
"""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event

from tests.image.edge import Edge
from tests.image.stack import Stack, wait_until_healthy
from tests.smoke.client import Response
from tests.smoke.test_api_tokens import NOTES, log_in

LONGEST_LOOKUP = 90  # seconds; podman 4's name server may not know a new container for that long


def make_new_version(stack: Stack) -> None:
    """Give the image's name to another one."""
    engine, image = stack.built.engine, stack.built.image
    newer = engine("buildah", "from", image).strip()
    engine("buildah", "config", f"--label=version={time.time_ns()}", newer)
    engine("buildah", "commit", "--rm", "--format=docker", newer, image)


def answered(edge: Edge, path: str, token: dict[str, str]) -> Response:
    """Ask until the proxy has learned where the service is."""
    deadline = time.monotonic() + LONGEST_LOOKUP
    while (answer := edge.get(path, token)).status == 502 and time.monotonic() < deadline:
        time.sleep(0.5)
    return answer


def test_a_new_version_loses_no_request_and_no_note(stack: Stack, edge: Edge) -> None:
    token, done, statuses = log_in(edge, "bob"), Event(), list[int]()
    before = stack.containers()
    kept = edge.post(NOTES, {"title": "Before", "text": "x"}, token).json["id"]

    def write() -> None:
        while not done.is_set():
            statuses.append(edge.post(NOTES, {"title": "During", "text": "x"}, token).status)
            time.sleep(0.05)

    with ThreadPoolExecutor() as pool:
        writer = pool.submit(write)
        time.sleep(1)
        make_new_version(stack)
        for step in ("migrate", "service"):
            stack.compose("up", "--detach", "--no-build", "--no-deps", step)
        wait_until_healthy(stack)
        done.set()
        writer.result(60)
    # Where nobody was asked for want of an address, nothing was sent and nothing can be lost.
    assert statuses.count(502) == stack.failed_lookups(), stack.logs()
    assert set(statuses) <= {201, 502}, stack.logs()
    after = stack.containers()
    changed = {name for name in after if after[name]["Id"] != before[name]["Id"]}
    assert changed == {"service", "migrate"}
    assert answered(edge, f"{NOTES}{kept}/", token).status == 200
    assert answered(edge, NOTES, token).json["count"] == statuses.count(201) + 1
