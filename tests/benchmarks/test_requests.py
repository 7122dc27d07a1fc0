"""The benchmark gives no figure that stands on a bad answer, a lost request or a missing server."""

from __future__ import annotations

import json
import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path
from threading import Thread
from xml.etree import ElementTree as ET

import pytest

from benchmarks.load import UnexpectedAnswerError
from benchmarks.requests import __main__ as benchmark
from benchmarks.requests import load, peer, report
from benchmarks.requests.results import Results
from benchmarks.requests.sides import Question, Side
from tests.aside import aside
from tests.servers import postgresql

TOOLS = ["asyncio", *(["wrk"] if shutil.which("wrk") else [])]
EVERY = 20  # one of so many requests is answered otherwise
CLOSED = 0  # instead of a status: no answer


@contextmanager
def service(answer: Callable[[int], int], seen: Counter[str] | None = None) -> Iterator[Side]:
    """Answer the nth request with a status; note the credentials that were seen."""
    numbers = count()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            status = answer(next(numbers))
            if seen is not None:
                seen[self.headers.get("Authorization", "")] += 1
            if status == CLOSED:
                self.close_connection = True
                return
            body = b"" if 300 <= status < 400 else b"{}"
            head = f"HTTP/1.1 {status} x\r\nContent-Length: {len(body)}\r\n\r\n"
            self.wfile.write(head.encode() + body)

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield Side(server.server_port, os.getpid())
        server.shutdown()


@pytest.fixture(params=TOOLS)
def seconds(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> float:
    """Have one of the tools send; return how long it must at least."""
    monkeypatch.setattr(load, "tool", lambda: request.param)
    return 1 if request.param == "wrk" else 0.3


def test_good_answers_give_figures_and_every_login_has_its_turn(seconds: float) -> None:
    logins = tuple({"Authorization": f"Token {name}"} for name in "abc")
    seen: Counter[str] = Counter()
    with service(lambda _: 200, seen) as side:
        loaded = aside(load.load, side, Question("/", logins), seconds)
    assert loaded.answers > EVERY
    assert 0 < loaded.p50 <= loaded.p99
    assert set(seen) == {"Token a", "Token b", "Token c"}
    assert min(seen.values()) > max(seen.values()) / 2


@pytest.mark.parametrize("bad", [429, 302, CLOSED])
def test_one_bad_answer_among_good_ones_gives_no_figure(seconds: float, bad: int) -> None:
    with (
        service(lambda number: bad if number % EVERY == EVERY - 1 else 200) as side,
        pytest.raises((UnexpectedAnswerError, EOFError)),
    ):
        aside(load.load, side, Question("/"), seconds)


def test_refusals_are_measured_only_if_all_are_refused(seconds: float) -> None:
    with service(lambda _: 429) as side:
        assert aside(load.load, side, Question("/"), seconds, 429).answers > EVERY
    with (
        service(lambda number: 200 if number % EVERY == EVERY - 1 else 429) as side,
        pytest.raises(UnexpectedAnswerError),
    ):
        aside(load.load, side, Question("/"), seconds, 429)


def test_without_a_database_server_there_is_no_figure(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    for lookup in ("system_programs", "wheel_programs"):
        monkeypatch.setattr(postgresql, lookup, lambda: None)
    assert benchmark.main(["--output", str(tmp_path / "out")]) == 2
    out, error = capsys.readouterr()
    assert out == ""
    assert error.startswith("No figures: The tests need PostgreSQL")
    assert not (tmp_path / "out").exists()


def test_a_peer_that_cannot_be_run_gives_no_figure(tmp_path: Path) -> None:
    with pytest.raises(peer.PeerError, match="does not say how the peer is run"):
        peer.read(tmp_path)
    said = {"name": "it", "path": "/", "prepare": "echo no such: table; exit 3"}
    (tmp_path / peer.FILE).write_text(json.dumps(said))
    with pytest.raises(peer.PeerError, match="no application and no server"):
        peer.read(tmp_path)
    (tmp_path / peer.FILE).write_text(json.dumps(said | {"application": "config.wsgi"}))
    with pytest.raises(peer.PeerError, match=r"exit code 3[^$]*no such: table"):
        peer.read(tmp_path).prepared(os.environ)


def test_a_promise_that_is_not_kept_is_said_to_be_broken() -> None:
    def loaded(*rates: float) -> list[load.Loaded]:
        return [load.Loaded(100, rate, 1, 1, 1) for rate in rates]

    found = Results(rates={"ours": loaded(74, 74, 99), "drf": loaded(100, 100, 100)})
    assert "| 0.74 (0.74 - 0.99) | **no** |" in report.markdown(found, {})
    found.rates["ours"] = loaded(75, 75, 75)
    assert "| 0.75 | 1 | 0.75 | yes |" in report.markdown(found, {})
    found.rates["ours"] = loaded(100, 101, 90)
    assert "| 1 (0.9 - 1.01) | aim |" in report.markdown(found, {})


def test_all_that_is_written_can_be_read_by_machines(tmp_path: Path) -> None:
    ours, drf = load.Loaded(9, 3, 1, 2, 1), load.Loaded(9, 4, 1, 2, 1)
    found = Results(rates={"ours": [ours], "drf": [drf]})
    report.write(found, {"cores": 2}, tmp_path)
    written = json.loads((tmp_path / "results.json").read_text())
    assert written["about"] == {"cores": 2}
    assert written["rounds"]["rates"]["ours"][0]["rate"] == 3
    (row,) = written["rows"]
    assert row["measured"]["middle"] == 0.75
    for name in ("rates.svg", "targets.svg"):
        drawn = ET.parse(tmp_path / name)  # noqa: S314 - just written by ourselves
        assert drawn.getroot().tag.endswith("svg")
