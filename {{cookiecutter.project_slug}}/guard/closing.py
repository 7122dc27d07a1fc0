"""Ends a process of the server without losing a request.

A server that is told to stop closes idle connections at once, also those on which a proxy has just
sent a request, and those that were just taken. So a process takes no new connections first, tells
the callers on the others that each answer is the last one there (RFC 9112, 9.6), and stops when
they have gone quiet.
"""

import asyncio
import os
import signal
import socket
import sys
import time

QUIET = 0.5  # seconds without a request after which the process may stop
SETTLE = 0.2  # seconds in which connections that were half made are still taken
LONGEST = 5.0  # seconds after which it stops anyway; requests in flight are finished after that


class Closing:
    """Whether the process is about to end; `listener` is the descriptor it takes connections from.

    SIGTERM begins it; SIGINT, which the server takes as an order to finish and exit, ends it.
    """

    def __init__(self, listener: int | None) -> None:
        self.listener = listener
        self.begun = False
        self.last_request = 0.0

    def watch(self) -> None:
        """Wait for SIGTERM, in the place of the server; called in its event loop.

        One that came while the process was starting has waited (config/listener.py).
        """
        self.loop = asyncio.get_running_loop()
        self.loop.add_signal_handler(signal.SIGTERM, self.begin)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})

    def note_request(self) -> None:
        """Remember that somebody has just asked."""
        self.last_request = time.monotonic()

    def begin(self) -> None:
        """Take no new connections; go on until it is quiet."""
        if self.begun:
            return
        self.begun = True
        self.note_request()
        self.latest = self.last_request + LONGEST
        if self.listener is not None and sys.platform == "linux":
            self.loop.call_later(SETTLE, stop_listening, self.listener)
        self.end_when_quiet()

    def end_when_quiet(self) -> None:
        """Have the server finish, or look again when that may be."""
        left = min(self.latest, self.last_request + QUIET) - time.monotonic()
        if left > 0:
            self.loop.call_later(left, self.end_when_quiet)
        else:
            os.kill(os.getpid(), signal.SIGINT)


def stop_listening(descriptor: int) -> None:
    """Put a socket that nobody can connect to in the place of the one that is listened on.

    The server cannot be told to stop taking connections only. Other processes go on with the
    real one; when the last of them lets go, callers are refused, and a proxy goes elsewhere.
    """
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM | socket.SOCK_NONBLOCK) as nobody:
        nobody.bind("")  # Linux gives it a name that nobody knows
        nobody.listen(1)
        os.dup2(nobody.fileno(), descriptor)
