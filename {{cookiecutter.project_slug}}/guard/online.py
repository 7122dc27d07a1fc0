"""Operations for migrations that do not stop the service; SQLite takes them as well.

Django's own need PostgreSQL; local work and tests on SQLite get what comes to the same there. All
but AddConstraintNotValid belong in a migration with `atomic = False` (docs/migrations.md).
"""

from typing import Any

from django.contrib.postgres import operations
from django.db.migrations.operations import AddConstraint, AddIndex, RemoveIndex, RunSQL
from django.db.migrations.operations.base import Operation


class Portable(Operation):
    """Chooses between the next class, for PostgreSQL, and one for every other database."""

    elsewhere: type[Operation]

    def database_forwards(self, app_label: str, schema_editor: Any, *states: Any) -> None:
        """Change the schema."""
        if schema_editor.connection.vendor == "postgresql":
            super().database_forwards(app_label, schema_editor, *states)
        else:
            self.elsewhere.database_forwards(self, app_label, schema_editor, *states)

    def database_backwards(self, app_label: str, schema_editor: Any, *states: Any) -> None:
        """Change it back."""
        if schema_editor.connection.vendor == "postgresql":
            super().database_backwards(app_label, schema_editor, *states)
        else:
            self.elsewhere.database_backwards(self, app_label, schema_editor, *states)


class Nothing(Operation):
    """What need not be done."""

    def database_forwards(self, app_label: str, schema_editor: Any, *states: Any) -> None:
        """Do nothing."""

    def database_backwards(self, app_label: str, schema_editor: Any, *states: Any) -> None:
        """Do nothing."""


class AddIndexConcurrently(Portable, operations.AddIndexConcurrently):
    """Build an index while rows are written."""

    elsewhere = AddIndex


class RemoveIndexConcurrently(Portable, operations.RemoveIndexConcurrently):
    """Drop an index while it is used."""

    elsewhere = RemoveIndex


class AddConstraintNotValid(Portable, operations.AddConstraintNotValid):
    """Check new rows from now on, old ones when ValidateConstraint looks at them."""

    elsewhere = AddConstraint


class ValidateConstraint(Portable, operations.ValidateConstraint):
    """Look at the old rows while new ones are written."""

    elsewhere = Nothing


class RunPostgresqlSQL(Portable, RunSQL):
    """Run SQL that no other database would understand."""

    elsewhere = Nothing
