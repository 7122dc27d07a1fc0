"""Django's writer of PostgreSQL schemas, for a PostgreSQL that is not there."""

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.postgresql.base import DatabaseWrapper
from django.db.backends.postgresql.schema import DatabaseSchemaEditor
from django.db.models import Model

POSTGRESQL = 150000  # the oldest that deploy/database/ supports
NOWHERE: dict[str, Any] = {
    "NAME": "none",
    "ATOMIC_REQUESTS": False,
    "AUTOCOMMIT": True,
    "CONN_HEALTH_CHECKS": False,
    "CONN_MAX_AGE": 0,
    "HOST": "",
    "OPTIONS": {},
    "PASSWORD": "",
    "PORT": "",
    "TIME_ZONE": None,
    "USER": "",
}


class ConnectionAttemptError(RuntimeError):
    """A migration asks the database something, so its SQL cannot be known without one."""


class Nowhere(DatabaseWrapper):
    """A PostgreSQL that has a version and nothing else."""

    pg_version = POSTGRESQL

    def __init__(self) -> None:
        super().__init__(NOWHERE, alias="default")

    def connect(self) -> None:
        """Refuse."""
        raise ConnectionAttemptError("This migration looks into the database while it is written.")


class Writer(DatabaseSchemaEditor):
    """Collects SQL. What it would look up, the name of a constraint, it makes up."""

    def __init__(self, *, atomic: bool) -> None:
        super().__init__(Nowhere(), collect_sql=True, atomic=atomic)
        self.deferred_sql: list[Any] = []

    def finish(self) -> list[str]:
        """Return all statements, those included that come last."""
        for statement in self.deferred_sql:
            self.execute(statement, None)
        return [str(statement) for statement in self.collected_sql]

    def execute(self, sql: Any, params: Any = ()) -> None:
        """Write the values into the statement, as a cursor would."""
        text = str(sql)
        if params is not None:
            text %= tuple(self.quote_value(value) for value in params)
        BaseDatabaseSchemaEditor.execute(self, text, None)

    def _constraint_names(
        self,
        model: type[Model],
        column_names: list[str] | None = None,
        unique: bool | None = None,  # noqa: FBT001 - Django's signature
        *rest: Any,
        **kinds: Any,
    ) -> list[str]:
        return ["_".join([model._meta.db_table, *(column_names or []), "made_up"])]

    def _get_sequence_name(self, table: str, column: str) -> str:
        return f"{table}_{column}_seq"

    def _is_collation_deterministic(self, collation_name: str) -> bool:
        return True
