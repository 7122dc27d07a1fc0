"""What a migration does, as SQL for PostgreSQL."""

import inspect
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.db.migrations import Migration
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

from migration_lint.offline import Writer


@dataclass(frozen=True)
class Written:
    """A migration of this project, the file that it is in, and its SQL."""

    migration: Migration
    file: Path
    sql: str

    @property
    def name(self) -> str:
        """Name it as `migrate` does."""
        return f"{self.migration.app_label}.{self.migration.name}"

    @property
    def mixes_rows_with_schema(self) -> bool:
        """Whether Python runs in the transaction that holds the locks of a change of schema."""
        kinds = {operation.reduces_to_sql for operation in self.migration.operations}
        return self.migration.atomic and kinds == {True, False}


def sql_of(migration: Migration, state: ProjectState) -> str:
    """Write a migration's SQL; `state` becomes what it is afterwards."""
    writer = Writer(atomic=migration.atomic)
    migration.apply(state, writer, collect_sql=True)
    statements = writer.finish()
    if migration.atomic:
        statements = ["BEGIN;", *statements, "COMMIT;"]
    return "\n".join(statements) + "\n"


def written(project: Path) -> Iterable[Written]:
    """Yield the migrations in the folder `project`, each after those that it depends on.

    Those of installed packages only take part in the state: nobody here can change them.
    """
    loader = MigrationLoader(None, replace_migrations=False)
    ours = {
        app.label
        for app in apps.get_app_configs()
        if Path(app.path).parent == project and app.label in loader.migrated_apps
    }
    state = ProjectState(real_apps=loader.unmigrated_apps)
    plan: dict[tuple[str, str], None] = {}
    for leaf in loader.graph.leaf_nodes():
        plan |= dict.fromkeys(loader.graph.forwards_plan(leaf))
    for key in plan:
        migration = loader.graph.nodes[key]
        if migration.app_label not in ours:
            state = migration.mutate_state(state, preserve=False)
            continue
        yield Written(migration, Path(inspect.getfile(type(migration))), sql_of(migration, state))
