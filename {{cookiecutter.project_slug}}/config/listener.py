"""One listening socket for all processes, so that no connection that waits in it is lost.

On Linux the server would give each process a socket of its own (SO_REUSEPORT), whose queue is
reset with the process when it is replaced or killed, and a second service on the same port would
not be noticed. This one is opened once, before any process is made, and held until the end.
"""

import ctypes
import os
import signal
import socket
import struct
import sys
from contextlib import suppress
from typing import Any

from django.utils.module_loading import import_string
from granian._granian import SocketHolder
from granian.server import MPServer

NUMBER = "_LISTENER"  # variable with the descriptor, for processes that are made

OVER_TCP = False  # how the server says that this is no Unix socket
ATTACH_FILTER = 26  # SO_ATTACH_FILTER, which Python does not name
# Classic BPF on the TCP header: load the flags, drop what has SYN, pass the rest.
NO_NEW_CONNECTIONS = (
    (0x30, 0, 0, 13),
    (0x45, 0, 1, 0x02),
    (0x06, 0, 0, 0),
    (0x06, 0, 0, 0xFFFFFFFF),
)


def listen(host: str, port: int, backlog: int) -> socket.socket:
    """Open the socket; exit with one line if that cannot be done."""
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listener = socket.create_server((host, port), family=family, backlog=backlog)
    except OSError as error:
        sys.exit(
            f"HOST, PORT: cannot listen on {host} port {port}: {error.strerror}. End what uses "
            "it, or name another address of this machine."
        )
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    listener.set_inheritable(True)
    os.environ[NUMBER] = str(listener.fileno())
    return listener


def listener_number() -> int | None:
    """Return the descriptor of the socket in a process of the server."""
    number = os.environ.get(NUMBER)
    return int(number) if number else None


def take_no_new_connections(listener: socket.socket) -> None:
    """Let those that wait, and those half made, be the last (Linux; elsewhere nothing happens).

    A new one is not answered; by the time its caller tries again, a second later, it is refused.
    """
    code = ctypes.create_string_buffer(
        b"".join(struct.pack("HBBI", *i) for i in NO_NEW_CONNECTIONS)
    )
    program = struct.pack("HP", len(NO_NEW_CONNECTIONS), ctypes.addressof(code))
    if sys.platform == "linux":
        with suppress(OSError):  # a sandbox may not know it
            listener.setsockopt(socket.SOL_SOCKET, ATTACH_FILTER, program)


def load(target: str) -> Any:
    """Import the application in a new process, which may be ended at once until it serves.

    It begins with the parent's handler of SIGTERM, which would do nothing here.
    """
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    return import_string(target.replace(":", "."))


class OneListenerServer(MPServer):
    """The server, with a socket that is open already, and processes that live for a while."""

    def __init__(
        self, target: str, *, listener: socket.socket, hours: int, **settings: Any
    ) -> None:
        """Take the socket, and the hours after which a process is replaced; 0 is never."""
        super().__init__(target, **settings)
        self.listener, self.hours = listener, hours

    def _init_shared_socket(self) -> None:
        """Share it the way that the server shares its socket on other systems.

        Only then is the lifetime named: told of it before, it warns of queues that are lost.
        """
        self.workers_lifetime = 3600 * self.hours or None
        number = self.listener.fileno()
        shared: Any = SocketHolder  # its stub says nothing of how it is made
        self._ssp: Any = None
        self._sso: Any = self.listener
        self._sfd: Any = number
        self._shd: Any = shared(number, OVER_TCP, self.backlog)

    def _drop_shared_socket(self) -> None:
        """Called first when the server stops."""
        take_no_new_connections(self.listener)
        self.listener.close()
