"""The start of the service is one event, after all checks and before a port is opened."""

import logging
from typing import Any

import pytest

from config import server
from tests.lines import Lines


class Listening:
    """In place of the production server."""

    def __init__(self, *_: Any, **__: Any) -> None:
        """Take whatever the server takes."""

    def serve(self, **_: Any) -> None:
        """Say that it serves."""
        logging.getLogger("security").info("served", extra={"event": "served"})


def test_the_start_is_one_event(monkeypatch: pytest.MonkeyPatch, events: Lines) -> None:
    for step in ("refuse_unsafe_start", "collect_static_files", "listen"):
        monkeypatch.setattr(server, step, lambda *_: None)
    monkeypatch.setattr(logging, "captureWarnings", lambda **_: None)
    monkeypatch.setattr(server, "HeldListenersServer", Listening)
    server.main()
    assert events.names == ["sys_startup", "served"]
    started = events.records[0]
    assert started["level"] == "INFO"
    assert started["time"]
