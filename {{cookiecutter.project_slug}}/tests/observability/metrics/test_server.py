"""Whoever asks for metrics gets those, and nothing else; whoever asks slowly harms nobody."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from observability import metrics_server
from observability.metrics_files import VARIABLE
from observability.metrics_server import MetricsServer, start

FIGURES = b"one_total 1.0\n"
ASKED = b"GET /metrics HTTP/1.1\r\nHost: service\r\n\r\n"
SECONDS = 20


@pytest.fixture
def address(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, int]]:
    """Where a server answers until the test ends; it has little patience and few places."""
    monkeypatch.setattr(metrics_server, "PATIENCE", 0.5)
    monkeypatch.setattr(metrics_server, "MOST_CALLERS", 2)
    exposition: Any = SimpleNamespace(read=lambda: FIGURES)
    server = MetricsServer(exposition)
    listening = socket.create_server(("127.0.0.1", 0))
    loop = asyncio.new_event_loop()
    task = loop.create_task(server.run(listening))
    thread = threading.Thread(target=lambda: loop.run_until_complete(asyncio.wait([task])))
    thread.start()
    yield listening.getsockname()
    loop.call_soon_threadsafe(task.cancel)
    thread.join()
    loop.close()


def ask(address: tuple[str, int], text: bytes) -> bytes:
    """Send something and read until the server hangs up."""
    with socket.create_connection(address, SECONDS) as caller:
        answer = b""
        try:
            caller.sendall(text)
            while more := caller.recv(65536):
                answer += more
        except (BrokenPipeError, ConnectionResetError):
            pass
        return answer


def test_metrics_are_answered(address: tuple[str, int]) -> None:
    head, _, body = ask(address, ASKED).partition(b"\r\n\r\n")
    assert body == FIGURES
    lines = head.split(b"\r\n")
    assert lines[0] == b"HTTP/1.1 200 OK"
    assert b"Content-Type: text/plain; version=0.0.4; charset=utf-8" in lines
    assert b"Content-Length: %d" % len(FIGURES) in lines


@pytest.mark.parametrize(
    ("line", "status"),
    [
        (b"GET / HTTP/1.1", b"404"),
        (b"GET /metrics/ HTTP/1.1", b"404"),
        (b"GET /metrics?name[]=x HTTP/1.1", b"404"),
        (b"GET http://service/metrics HTTP/1.1", b"404"),
        (b"GET /api/v1/me/ HTTP/1.1", b"404"),
        (b"HEAD /metrics HTTP/1.1", b"405"),
        (b"POST /metrics HTTP/1.1", b"405"),
        (b"TRACE /metrics HTTP/1.1", b"405"),
        (b"GET /metrics", b"405"),
        (b"GET /metrics HTTP/2.0", b"405"),
        (b" GET /metrics HTTP/1.1", b"405"),
        (b"\x00\xff", b"405"),
    ],
)
def test_nothing_else_is(address: tuple[str, int], line: bytes, status: bytes) -> None:
    answer = ask(address, line + b"\r\nHost: service\r\n\r\n")
    assert answer.split(b" ")[1] == status
    assert FIGURES not in answer


def test_who_asks_slowly_is_hung_up_on_and_keeps_no_place(address: tuple[str, int]) -> None:
    slow = [socket.create_connection(address, SECONDS) for _ in range(2)]
    for caller in slow:
        caller.sendall(b"GET /met")
    assert ask(address, ASKED) == b""  # there are two places
    assert [ended(caller) for caller in slow] == [b"", b""]
    assert FIGURES in ask(address, ASKED)


def ended(caller: socket.socket) -> bytes:
    """Return what came until the server hung up."""
    with caller:
        try:
            return caller.recv(1)
        except ConnectionResetError:
            return b""


def test_a_long_head_is_not_read(address: tuple[str, int]) -> None:
    assert ask(address, b"GET /metrics HTTP/1.1\r\nX: " + b"x" * 100_000 + b"\r\n\r\n") == b""
    assert FIGURES in ask(address, ASKED)


def test_figures_that_cannot_be_had_are_a_500() -> None:
    broken: Any = SimpleNamespace(read=lambda: 1 / 0)
    assert MetricsServer(broken).reply(ASKED).startswith(b"HTTP/1.1 500 ")


@pytest.fixture
def _no_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    monkeypatch.setenv(VARIABLE, "")
    monkeypatch.setattr(metrics_server, "make_folder", lambda workers: tmp_path)


@pytest.mark.usefixtures("_no_folder")
def test_a_port_that_cannot_be_had_stops_the_start(settings: Any) -> None:
    settings.METRICS_HOST = "127.0.0.1"
    settings.METRICS_PORT = settings.SERVER_PORT
    with pytest.raises(SystemExit, match="METRICS_PORT: 8000 is PORT, too"):
        start()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        settings.METRICS_PORT = taken.getsockname()[1]
        with pytest.raises(SystemExit, match=r"METRICS_PORT: cannot listen on 127\.0\.0\.1:"):
            start()
    settings.METRICS_HOST = "no such host"
    with pytest.raises(SystemExit, match="cannot listen on no such host"):
        start()


def test_no_room_for_counters_stops_the_start(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(workers: int) -> None:
        raise OSError("No space left on device")

    settings.METRICS_PORT = 1
    monkeypatch.setattr(metrics_server, "make_folder", full)
    with pytest.raises(SystemExit, match=r"METRICS_PORT: no room .* No space left"):
        start()
