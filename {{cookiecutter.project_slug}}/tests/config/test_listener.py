"""The sockets that processes take connections from."""

import multiprocessing
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import ExitStack, suppress

import pytest

from config.listener import (
    NUMBER,
    HeldListenersServer,
    listen,
    listener_number,
    refuse_new_connections,
)

HERE = "127.0.0.1"


@pytest.fixture(autouse=True)
def _no_variable_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NUMBER, "")


def test_an_address_that_is_taken_is_told_in_one_line() -> None:
    (other,) = listen(HERE, 0, 128, 1)
    with other:
        port = other.getsockname()[1]
        with pytest.raises(SystemExit, match=f"^HOST, PORT: cannot listen on {HERE} port {port}: "):
            listen(HERE, port, 128, 1)


def test_each_process_has_a_socket_of_its_own_on_one_port() -> None:
    assert listener_number() is None
    listeners = listen(HERE, 0, 128, 2)
    assert len({listener.fileno() for listener in listeners}) == 2
    assert len({listener.getsockname() for listener in listeners}) == 1
    for listener in listeners:
        with listener:
            assert os.get_inheritable(listener.fileno())


def test_processes_are_forked_on_linux_whatever_is_usual(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "register_at_fork", lambda **_: None)  # it would stay until the end
    before = multiprocessing.get_start_method(allow_none=True)
    multiprocessing.set_start_method("spawn", force=True)
    try:
        HeldListenersServer("config.asgi:application", listeners=[], hours=0)
        expected = "fork" if sys.platform == "linux" else "spawn"
        assert multiprocessing.get_start_method() == expected
    finally:
        multiprocessing.set_start_method(before, force=True)


@pytest.mark.skipif(sys.platform != "linux", reason="devices of sockets are Linux's")
@pytest.mark.skipif(len(socket.if_nameindex()) == 1, reason="there is no device but the loopback")
def test_only_connections_that_wait_are_taken_once_it_closes() -> None:
    listeners = listen(HERE, 0, 128, 2)
    address = listeners[0].getsockname()
    with ExitStack() as opened:
        for listener in listeners:
            opened.enter_context(listener)
        waiting = {opened.enter_context(socket.create_connection(address, 5)) for _ in range(8)}
        refuse_new_connections(listeners)
        for _ in range(8):
            with pytest.raises(ConnectionRefusedError):
                socket.create_connection(address, 5)
        assert {caller.getsockname() for caller in waiting} == set(callers_in(listeners))


def callers_in(listeners: list[socket.socket]) -> Iterator[tuple[str, int]]:
    """Take all that wait."""
    for listener in listeners:
        listener.settimeout(0)
        with suppress(BlockingIOError):
            while True:
                taken, caller = listener.accept()
                taken.close()
                yield caller
