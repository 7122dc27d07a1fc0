"""Where something was not answered as it should be, the benchmark says so and writes nothing."""

from __future__ import annotations

import argparse
import socketserver
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from types import SimpleNamespace
from typing import Any

import pytest
import redis

from benchmarks.growth import __main__ as growth
from benchmarks.growth.counters import LostCountError, all_end, first_counts, full_counts
from benchmarks.growth.effort import Effort
from benchmarks.growth.tables import Case, compare
from benchmarks.load import request
from tests.aside import aside
from tests.servers import redis_server

# How the reason reads, and the answer.
ANSWERS = {
    "429": b"HTTP/1.1 429 Too Many Requests\r\ncontent-length: 0\r\n\r\n",
    "500": b"HTTP/1.1 500 Internal Server Error\r\ncontent-length: 0\r\n\r\n",
    "0 bytes read": b"",
    "4 bytes read": b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf",
}
GOOD = b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n"


@contextmanager
def stub(answer: bytes) -> Iterator[int]:
    """Answer the first ten requests of a connection well, and then so."""

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            for _ in range(10):
                if not self.request.recv(10_000):
                    return
                self.request.sendall(GOOD)
            self.request.recv(10_000)
            self.request.sendall(answer)

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            """Say nothing of clients that are gone when they have seen enough."""

    with Server(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield int(server.server_address[1])
        server.shutdown()


def asked(port: int) -> dict[str, Any]:
    """Measure a service at a port, as the part `tables` does."""
    running = SimpleNamespace(caller=SimpleNamespace(port=port))
    cases = {"a list": Case(request("GET", "/", {}))}
    effort = Effort(0.5, 1, lambda _: None)
    return {"row": compare("a list", [{"cases": cases, "running": running}], effort)}


def outcome(
    monkeypatch: pytest.MonkeyPatch, folder: Path, measured: Callable[..., dict[str, Any]] | None
) -> int:
    """Run the benchmark's command; `measured` takes the place of the servers."""
    monkeypatch.setattr("sys.argv", ["growth", "--into", str(folder)])
    if measured:
        monkeypatch.setattr(growth, "measured", measured)
    return aside(growth.main)


@pytest.mark.parametrize("answer", ANSWERS)
def test_an_answer_that_is_none_gives_no_figure(
    answer: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with stub(ANSWERS[answer]) as port:

        def measured(_given: argparse.Namespace, _folder: Path) -> dict[str, Any]:
            return asked(port)

        assert outcome(monkeypatch, tmp_path / "pages", measured) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("No figures: ")
    assert answer in said.err
    assert not (tmp_path / "pages").exists()


def test_a_server_that_is_not_there_gives_no_figure(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/nothing")
    assert outcome(monkeypatch, tmp_path / "pages", None) == 2
    assert "No figures: " in capsys.readouterr().err
    assert not (tmp_path / "pages").exists()


def test_a_counter_that_would_stay_for_ever_gives_no_figure() -> None:
    program = redis_server.any_program()
    with redis_server.own_server(program) as url, redis.Redis.from_url(url) as server:
        first_counts(server, "anon", 100, 5)
        full_counts(server, "user", 1000, 1)
        all_end(server, 6)
        server.persist("limit:anon:100/3600:20.0.0.3")
        with pytest.raises(LostCountError, match="instead of 6 counters that end"):
            all_end(server, 6)
