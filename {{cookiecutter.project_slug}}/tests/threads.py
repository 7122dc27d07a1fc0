"""A database for tests with real threads: SQLite's in memory belongs to the thread that made it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from django.db import connections


@contextmanager
def database_for_threads(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Have a copy of SQLite's in a file of `folder`; PostgreSQL serves all threads as it is."""
    original = connections["default"]
    if original.vendor != "sqlite":
        yield
        return
    file = folder / "threads.sqlite3"
    with closing(sqlite3.connect(file)) as copy:
        original.connection.backup(copy)
    options = {**original.settings_dict, "NAME": str(file), "OPTIONS": {"timeout": 30}}
    monkeypatch.setitem(connections.settings, "default", options)
    connections["default"] = connections.create_connection("default")
    yield
    connections["default"].close()
    connections["default"] = original
