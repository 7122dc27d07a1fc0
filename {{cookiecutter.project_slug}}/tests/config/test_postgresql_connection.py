"""Whether a lasting connection still holds is seen on its socket, without asking the server."""

import socket
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from config.postgresql.base import DatabaseWrapper

Ends = tuple[DatabaseWrapper, socket.socket]


@pytest.fixture
def ends() -> Iterator[Ends]:
    """A connection, and the server's end of it."""
    ours, servers = socket.socketpair()
    with ours, servers:
        wrapper: Any = DatabaseWrapper({})
        wrapper.connection = SimpleNamespace(closed=False, fileno=ours.fileno)
        yield wrapper, servers


def test_a_quiet_connection_is_used_again(ends: Ends) -> None:
    wrapper, _ = ends
    assert wrapper.is_usable()


def test_one_that_the_server_has_ended_is_not(ends: Ends) -> None:
    wrapper, servers = ends
    servers.close()
    assert not wrapper.is_usable()


def test_nor_one_on_which_the_server_has_said_why_it_ends_it(ends: Ends) -> None:
    wrapper, servers = ends
    servers.sendall(b"terminating connection due to administrator command")
    assert not wrapper.is_usable()


def test_nor_one_that_was_closed_here(ends: Ends) -> None:
    wrapper: Any = ends[0]
    wrapper.connection.closed = True
    assert not wrapper.is_usable()


def test_nor_one_that_was_never_made() -> None:
    assert not DatabaseWrapper({}).is_usable()
