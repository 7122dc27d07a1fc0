"""The socket that all processes share."""

import os
import socket
import sys

import pytest

from config.listener import NUMBER, listen, listener_number, take_no_new_connections

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


@pytest.mark.skipif(sys.platform != "linux", reason="filters on sockets are Linux's")
def test_only_connections_that_wait_are_taken_once_it_closes() -> None:
    (listener,) = listen(HERE, 0, 128, 1)
    with listener:
        address = listener.getsockname()
        listener.settimeout(5)
        with socket.create_connection(address, timeout=5) as waiting:
            take_no_new_connections(listener)
            taken, _ = listener.accept()
            with taken:
                waiting.sendall(b"a")
                assert taken.recv(1) == b"a"
        with pytest.raises(TimeoutError):
            socket.create_connection(address, timeout=0.5)
