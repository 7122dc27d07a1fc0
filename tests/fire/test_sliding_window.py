"""No more than N pass in any window of the period, wherever it begins."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator

import pytest

from tests.credentials.deployment import Deployment, Running
from tests.fire.load import Answer, burst, for_seconds
from tests.fire.messages import address, proxied, request
from tests.fire.rounds import Losses

LIMIT, PERIOD = 20, 1.0
# One request alone, then many around the moment at which a fixed window would begin anew.
ALONE, MANY, QUIET = 0.85, 0.7, 1.05  # seconds
REPEATED = 3
CLOCKS = 0.005  # seconds by which the clocks of two processes, or their rounding, may differ


@pytest.fixture(scope="session")
def impatient(
    deployment: Deployment, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Running]:
    limits = {"TRUSTED_PROXY_COUNT": "1", "THROTTLE_ANON": f"{LIMIT}/second"}
    with deployment.running(tmp_path_factory.mktemp("window") / "log", **limits) as service:
        yield service


def most_in_a_window(admitted: list[Answer]) -> int:
    """Return how many were certainly counted within less than the period.

    A request is counted after it was sent and before it was answered. Those that were sent after
    one of them, and answered less than the period later, were counted in one window.
    """
    last = [(one.sent, one.sent + PERIOD - CLOCKS) for one in admitted]
    return max(
        sum(begin <= one.sent and one.answered <= end for one in admitted) for begin, end in last
    )


def shoot(port: int) -> list[Answer]:
    """Return the answers to a new network."""
    client, answers = address(), []
    for _ in range(REPEATED):
        answers += burst(port, [request("GET", "/", proxied(client))])
        time.sleep(ALONE)
        answers += burst(port, for_seconds(request("GET", "/", proxied(client)), MANY))
        time.sleep(QUIET)
    return answers


def test_no_more_than_n_pass_in_any_window(impatient: Running) -> None:
    losses = Losses(impatient.service.log, impatient.caller.port)
    before = -1
    while losses.count() > before:  # a limit of the shared store, while it is there
        losses.wait()
        before = losses.lost
        answers = shoot(impatient.caller.port)
    admitted = [answer for answer in answers if answer.status == 200]
    assert {answer.status for answer in answers} == {200, 429}
    assert most_in_a_window(admitted) <= LIMIT
    # Each time the one alone and all but one of the others, and that one when the first is over.
    assert len(admitted) >= REPEATED * LIMIT
    # Or most requests took so long that nothing is shown by them.
    assert statistics.median(answer.answered - answer.sent for answer in answers) < PERIOD / 2
