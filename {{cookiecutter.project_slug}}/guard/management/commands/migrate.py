"""`migrate`, with the time limits of migrations instead of those of requests."""

from typing import Any

from django.core.management.commands.migrate import Command as Migrate
from django.db import connections

# An index may take hours to build; nobody may wait behind a migration that waits for a lock.
LIMITS = {"statement_timeout": "0", "lock_timeout": "5s"}


class Command(Migrate):
    """Django's own; a migration that does not get its lock within 5 s fails and may be repeated."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Set the limits for this session, on PostgreSQL."""
        connection = connections[options["database"]]
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                for name, value in LIMITS.items():
                    cursor.execute("SELECT set_config(%s, %s, false)", [name, value])
        super().handle(*args, **options)
