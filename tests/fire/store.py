"""A Redis that can be lost: stopped, started again, and made to hang."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import redis

from tests.servers.process import accepts_connections, free_port, running, unprivileged
from tests.servers.redis_server import Prepared, any_program, prepared


class Store:
    """One server on one port; it keeps its counters over a stop, as a persistent one does."""

    def __init__(self, server: Prepared) -> None:
        self.server, self.port = server, free_port()
        self.url = server.url(self.port)
        self.life = ExitStack()

    def start(self) -> None:
        """Start it; returns as soon as it takes connections."""
        command = self.server.command(self.port)
        self.life.enter_context(
            running(
                lambda _: command,
                unprivileged(),
                self.server.folder,
                lambda _: accepts_connections(self.port),
            )
        )
        with redis.Redis.from_url(self.url) as client:
            self.process: int = client.info("server")["process_id"]

    def stop(self) -> None:
        """Stop it in good order; what it has counted goes to disk."""
        with redis.Redis.from_url(self.url) as client:
            client.shutdown(save=True)
        self.life.close()

    def hang(self) -> None:
        """Let it take connections and answer nothing."""
        os.kill(self.process, signal.SIGSTOP)

    def go_on(self) -> None:
        """End that."""
        os.kill(self.process, signal.SIGCONT)


@contextmanager
def losable() -> Iterator[Store]:
    """Yield a Redis that runs, until the block ends."""
    with prepared(any_program()) as server:
        store = Store(server)
        store.start()
        try:
            yield store
        finally:
            if accepts_connections(store.port):
                store.go_on()
            store.life.close()
