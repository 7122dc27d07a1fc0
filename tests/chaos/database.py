"""A PostgreSQL that can be lost: stopped in either way and started again, and filled up."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager

import psycopg

from tests.servers import postgresql
from tests.servers.cluster import Cluster, prepared
from tests.servers.process import free_port, running, unprivileged

FAST, IMMEDIATE = signal.SIGINT, signal.SIGQUIT
CONNECTIONS = 24  # twice what three processes of four threads keep
SIGNAL_SECONDS = 0.2  # the signal is dealt with before `running` sends its own
FILL_SECONDS = 1
END_CONNECTIONS = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
# What is acknowledged is on disk, as PostgreSQL has it unless it is told otherwise.
DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}


class Database:
    """One server on one port."""

    def __init__(self, cluster: Cluster) -> None:
        self.cluster, self.port = cluster, free_port()
        self.url = cluster.url(self.port)
        self.life = ExitStack()

    def start(self) -> None:
        """Start it; returns as soon as it answers."""
        command = self.cluster.command(
            self.port, max_connections=CONNECTIONS, superuser_reserved_connections=0, **DURABLE
        )
        self.life.enter_context(
            running(
                lambda _: command,
                unprivileged(),
                self.cluster.folder,
                lambda _: self.cluster.answers(self.port),
            )
        )

    def stop(self, how: signal.Signals) -> None:
        """Stop it: `FAST` ends connections in good order, `IMMEDIATE` leaves that to recovery."""
        process = int((self.cluster.data / "postmaster.pid").read_text().partition("\n")[0])
        os.kill(process, how)
        time.sleep(SIGNAL_SECONDS)
        self.life.close()

    @contextmanager
    def full(self, name: str) -> Iterator[None]:
        """Take every connection, those of the database `name` included, until the block ends."""
        with ExitStack() as taken:
            first = taken.enter_context(closing(psycopg.connect(self.url, autocommit=True)))
            end = time.monotonic() + FILL_SECONDS
            while time.monotonic() < end:
                try:
                    taken.enter_context(closing(psycopg.connect(self.url)))
                except psycopg.OperationalError:
                    first.execute(END_CONNECTIONS, (name,))
            yield


@contextmanager
def losable() -> Iterator[Database]:
    """Yield a PostgreSQL that runs, until the block ends."""
    with prepared(postgresql.any_programs()) as cluster:
        database = Database(cluster)
        database.start()
        try:
            yield database
        finally:
            database.life.close()
