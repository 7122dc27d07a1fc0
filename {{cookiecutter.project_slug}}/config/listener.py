"""The listening sockets: one a process, so that the kernel spreads the callers (SO_REUSEPORT).

The server would have each process open its own, whose queue is reset with the process when that is
replaced or killed. These are opened once, before any process is made, and held until the end: what
waits in one waits for the successor. One socket for all would let a single process take a burst.
"""

import ctypes
import multiprocessing
import os
import signal
import socket
import sys
from contextlib import suppress
from ipaddress import ip_address
from typing import Any

from django.utils.module_loading import import_string
from granian._granian import SocketHolder
from granian.server import MPServer

NUMBER = "_LISTENER"  # variable with the descriptor of a process

OVER_TCP = False  # how the server says that this is no Unix socket
DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG: what the kernel sends when the parent has ended
LOOPBACK = "lo"


def listen(host: str, port: int, backlog: int, number: int) -> list[socket.socket]:
    """Open the sockets; exit with one line if that cannot be done."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        # A second service would be let in beside these sockets, but not beside a plain one.
        with socket.create_server((host, port), family=family) as plain:
            port = plain.getsockname()[1]
        listeners = [
            socket.create_server((host, port), family=family, backlog=backlog, reuse_port=True)
            for _ in range(number)
        ]
    except OSError as error:
        sys.exit(
            f"HOST, PORT: cannot listen on {host} port {port}: {error.strerror}. End what uses "
            "it, or name another address of this machine."
        )
    for listener in listeners:
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        listener.set_inheritable(True)
    return listeners


def listener_number() -> int | None:
    """Return the descriptor of the socket in a process of the server."""
    number = os.environ.get(NUMBER)
    return int(number) if number else None


def refuse_new_connections(listeners: list[socket.socket]) -> None:
    """Let those that wait, and those half made, be the last (Linux; elsewhere nothing happens).

    A listener bound to a device refuses what comes from another, and keeps what it has. It needs no
    privilege, which a packet filter may. Callers come from the loopback device where that is
    listened on, else from another.
    """
    if sys.platform != "linux":
        return
    local = ip_address(listeners[0].getsockname()[0]).is_loopback
    others = [name for _, name in socket.if_nameindex() if (name != LOOPBACK) is local]
    for listener in listeners:
        with suppress(OSError, IndexError):  # a sandbox may know no device, or no binding
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, others[0].encode())


def block_stop() -> None:
    """Have SIGTERM wait."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})


def unblock_stop() -> None:
    """Take SIGTERM again, one that has waited too."""
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})


def load(target: str) -> Any:
    """Import the application in a new process, which ends with its parent.

    Else it would serve on, an old version that nobody watches, and hold the port. Callers wait in
    its socket already: SIGTERM waits until it can answer them (guard/closing.py).
    """
    block_stop()
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(DEATH_SIGNAL, signal.SIGTERM)
    return import_string(target.replace(":", "."))


class HeldListenersServer(MPServer):
    """The server, with sockets that are open already, and processes that live for a while."""

    def __init__(
        self, target: str, *, listeners: list[socket.socket], hours: int, **settings: Any
    ) -> None:
        """Take a socket for each process, and the hours after which one is replaced; 0 is never."""
        if sys.platform == "linux":  # where Python 3.14 would start each anew, without the sockets
            multiprocessing.set_start_method("fork", force=True)
        super().__init__(target, workers=len(listeners), **settings)
        self.listeners, self.hours = listeners, hours
        # A new process begins with the handler of this one, in which SIGTERM would get lost.
        os.register_at_fork(before=block_stop, after_in_parent=unblock_stop)

    def _init_shared_socket(self) -> None:
        """Open none; name the lifetime, for told of it before, it warns of queues that are lost."""
        self.workers_lifetime = 3600 * self.hours or None

    def _spawn_worker(self, idx: int, target: Any, callback_loader: Any, *_: Any) -> Any:
        """Hand a process its socket, the way that the server hands them over elsewhere."""
        number = self.listeners[idx].fileno()
        shared: Any = SocketHolder  # its stub says nothing of how it is made
        self._ssp: Any = None
        self._sso: Any = self.listeners[idx]
        self._shd: Any = shared(number, OVER_TCP, self.backlog)
        os.environ[NUMBER] = str(number)  # for closing.py in the process
        return super()._spawn_worker(idx, target, callback_loader)

    def _drop_shared_socket(self) -> None:
        """Called first when the server stops."""
        refuse_new_connections(self.listeners)
        for listener in self.listeners:
            listener.close()
