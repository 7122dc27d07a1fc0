"""A server that is told to stop answers who is connected, and nobody else."""

from __future__ import annotations

import os
import signal
import socket
import time
from contextlib import ExitStack, closing
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.credentials.deployment import Deployment
from tests.smoke.client import SECONDS, TLS
from tests.smoke.workers import workers

MEANWHILE = 0.1  # seconds; a server that just stops has closed its connections by then
STOPPED = 20  # seconds; one that forgets about SIGTERM is killed after 25


def ask(connection: HTTPConnection) -> tuple[int, str | None]:
    connection.request("GET", "/livez", headers=TLS)
    answer = connection.getresponse()
    answer.read()
    return answer.status, answer.getheader("Connection")


def test_who_is_connected_is_answered_and_nobody_else_is_let_in(
    complete: Deployment, tmp_path: Path
) -> None:
    with complete.running(tmp_path / "log") as running, ExitStack() as stack:
        port = running.caller.port
        idle, silent = (
            stack.enter_context(closing(HTTPConnection("127.0.0.1", port, timeout=SECONDS)))
            for _ in range(2)
        )
        assert ask(idle) == (200, None)
        silent.connect()
        running.service.process.send_signal(signal.SIGTERM)
        time.sleep(MEANWHILE)
        assert ask(idle) == ask(silent) == (200, "close")
        with pytest.raises(OSError, match=r"refused|timed out"):
            socket.create_connection(("127.0.0.1", port), timeout=0.5)
        assert running.service.process.wait(STOPPED) == 0


@pytest.mark.parametrize("started", [0, 0.5])
def test_a_process_that_is_still_starting_answers_who_waits(
    started: float, complete: Deployment, tmp_path: Path
) -> None:
    with complete.running(tmp_path / "log", WORKERS="1") as running:
        server = running.service.process
        (killed,) = workers(server.pid)
        os.kill(killed, signal.SIGKILL)
        while workers(server.pid) in ([], [killed]):
            time.sleep(0.01)
        time.sleep(started)
        with closing(HTTPConnection("127.0.0.1", running.caller.port, timeout=SECONDS)) as waiting:
            waiting.connect()
            server.send_signal(signal.SIGTERM)
            assert ask(waiting)[0] == HTTPStatus.OK
        assert server.wait(STOPPED) == 0
