"""Load by wrk where it is installed, else by clients written in Python; a bad answer is an error.

wrk takes less of the machine, so that the services get more of it.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any

from benchmarks.load import UnexpectedAnswerError, ask
from benchmarks.requests.sides import Question, Side
from tests.smoke.client import Client

SCRIPT = Path(__file__).with_name("requests.lua")
CLIENTS = 8
PATIENCE = 10  # seconds for an answer


@dataclass(frozen=True)
class Loaded:
    """What one load of one side gave: answers a second, and milliseconds."""

    answers: int
    rate: float
    p50: float
    p99: float
    processor: float  # of all processes of the service, an answer


def tool() -> str:
    """Name what sends the requests."""
    return "wrk" if shutil.which("wrk") else "asyncio"


def load(side: Side, question: Question, seconds: float, status: int = HTTPStatus.OK) -> Loaded:
    """Ask a side for a while, after one answer has been looked at.

    Raises UnexpectedAnswerError if an answer has another status or a request gets none.
    """
    sent = question.sent()
    look_at(side, question, status)
    before = side.processor_seconds()
    answers, rate, p50, p99 = (by_wrk if tool() == "wrk" else by_python)(
        side.port, sent, seconds, status
    )
    used = side.processor_seconds() - before
    if not answers:
        message = "no request was answered"
        raise UnexpectedAnswerError(message)
    return Loaded(answers, rate, p50, p99, 1000 * used / answers)


def look_at(side: Side, question: Question, status: int) -> None:
    """Ask once; raise UnexpectedAnswerError with the answer if it has another status."""
    answer = Client(side.port).get(question.path, question.logins[0])
    if answer.status != status:
        message = f"{question.path} was answered {answer.status}: {answer.body[:200]!r}"
        raise UnexpectedAnswerError(message)


def wrk(
    port: int, sent: Sequence[bytes], seconds: float, connections: int, pause: int = 0
) -> dict[str, Any]:
    """Send the requests in turn; return what requests.lua counted.

    With a `pause` each connection waits before a request, so many milliseconds in the middle.
    """
    with tempfile.NamedTemporaryFile(prefix="secure-drf-requests-") as file:
        file.write(b"\0".join(sent))
        file.flush()
        command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds:g}s", f"--timeout={PATIENCE}s"]
        done = subprocess.run(
            [*command, "-s", str(SCRIPT), f"http://127.0.0.1:{port}/"],
            env=os.environ | {"REQUESTS": file.name, "PAUSE": str(pause)},
            check=False,
            capture_output=True,
            text=True,
        )
    try:
        found: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    except (IndexError, ValueError):
        message = f"wrk: {done.stderr or done.stdout}"
        raise UnexpectedAnswerError(message) from None
    return found


def by_wrk(
    port: int, sent: Sequence[bytes], seconds: float, status: int
) -> tuple[int, float, float, float]:
    """Return answers, answers a second, median and 99th percentile."""
    found = wrk(port, sent, seconds, CLIENTS)
    answers, statuses = found["answers"], found["statuses"]
    if statuses.get(str(int(status)), 0) != answers or found["lost"]:
        message = (
            f"{answers} answers were to be {int(status)} and came with these statuses: "
            f"{statuses}; {found['lost']} requests were lost"
        )
        raise UnexpectedAnswerError(message)
    return answers, answers / found["seconds"], found["p50"], found["p99"]


def by_python(
    port: int, sent: Sequence[bytes], seconds: float, status: int
) -> tuple[int, float, float, float]:
    """Return the same, by slower clients."""
    asked = asyncio.run(ask(port, sent, CLIENTS, seconds, status))
    times = sorted(asked.seconds)
    return len(times), asked.rate, 1000 * times[len(times) // 2], asked.p99
