"""Redis is asked over one connection a thread, which is looked at before it is used again.

For each command the library's client takes a connection out of a pool, watches for repetitions and
measures: more work than the question. How to connect, log in and speak stays the library's.
"""

import threading
from typing import Any

from redis import ConnectionPool
from redis.connection import AbstractConnection
from redis.exceptions import RedisError


class ThreadConnections:
    """Connections as a pool would make them; a thread keeps its own as long as it lives."""

    def __init__(self, pool: ConnectionPool) -> None:
        self.pool, self.of_thread = pool, threading.local()

    def ask(self, *command: str | int) -> Any:
        """Return the answer to one command, asked once; RedisError if there is none."""
        connection = self.ready()
        connection.send_command(*command)
        return connection.read_response()

    def ready(self) -> Any:
        """Return this thread's connection, made anew if the server has ended it."""
        connection: Any = getattr(self.of_thread, "connection", None)
        if connection is None:
            connection = self.pool.connection_class(**self.pool.connection_kwargs)
            self.of_thread.connection = connection
        elif connection.is_connected and has_ended(connection):
            connection.disconnect()
        connection.connect()
        return connection


def has_ended(connection: AbstractConnection) -> bool:
    """Tell whether the server has said something unasked: that it ends the connection."""
    try:
        return connection.can_read()
    except RedisError:
        return True
