"""Squawk's rules and one of our own, less the exceptions that a file makes with a reason."""

from pathlib import Path

from migration_lint import squawk
from migration_lint.findings import Finding
from migration_lint.reasons import without_allowed
from migration_lint.statements import Written, written

MIXED = Finding(
    "rows-with-schema",
    "Python runs while the locks of the other operations are held; give it a migration of its own.",
)


def faults(project: Path) -> dict[Written, list[Finding]]:
    """Return what is wrong with the migrations in a folder, by migration."""
    migrations = list(written(project))
    judged = squawk.judge([migration.sql for migration in migrations])
    faulty = {}
    for migration, found in zip(migrations, judged, strict=True):
        everything = found + [MIXED] * migration.mixes_rows_with_schema
        left = without_allowed(everything, migration.file.read_text("utf-8"))
        if left:
            faulty[migration] = left
    return faulty
