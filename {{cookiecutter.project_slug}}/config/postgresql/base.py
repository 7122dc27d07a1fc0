"""A lasting connection is looked at before it is used again, in place of asking the server.

Django asks `SELECT 1` before the first query of each request, a round trip to the database. A
server that ends a connection says so on its socket, and an idle one has nothing else to say.
"""

import select
from datetime import UTC
from typing import Any

from django.db.backends.postgresql import base

from config.postgresql.timestamps import in_utc


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own otherwise; settings name this package as the ENGINE."""

    def get_connection_params(self) -> dict[str, Any]:
        """Return what psycopg is told, how values are read among it."""
        told: dict[str, Any] = super().get_connection_params()
        if self.timezone is UTC:
            told["context"] = in_utc(told["context"])
        return told

    def is_usable(self) -> bool:
        """Tell whether the server has left the connection open and said nothing on it.

        What falls silent without a word (a machine without power) shows in the next query, as it
        would in the one that asks.
        """
        if self.connection is None or self.connection.closed:
            return False
        looked = select.poll()
        looked.register(self.connection.fileno(), select.POLLIN)
        return not looked.poll(0)
