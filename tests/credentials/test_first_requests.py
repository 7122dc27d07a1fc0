"""A server that has just started is met by many callers at the same moment."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from tests.credentials.accounts import JWT
from tests.credentials.caller import Call
from tests.credentials.deployment import Deployment

CALLERS = 32


def test_the_first_requests_of_every_process_are_answered(
    deployment: Deployment, tmp_path: Path
) -> None:
    with deployment.running(tmp_path / "log") as running:
        calls = [Call(f"{JWT}refresh/", {"refresh": "no token at all"})] * CALLERS
        answers = running.caller.at_once(calls)
    assert Counter(answer.status for answer in answers) == {401: CALLERS}
