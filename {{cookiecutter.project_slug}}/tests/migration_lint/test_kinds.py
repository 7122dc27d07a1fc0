"""Each dangerous kind of migration is found, by the SQL that Django writes for it."""

from typing import Any, cast

import pytest
from django.db import migrations, models
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ModelState, ProjectState

from guard import online
from migration_lint import squawk
from migration_lint.statements import sql_of

BIG = models.Q(count__gt=5)
INDEX = models.Index(fields=["count"], name="by_count")


def column(name: str, field: Any) -> Operation:
    return migrations.AddField("item", name, field)


def changed(name: str, field: Any) -> Operation:
    return migrations.AlterField("item", name, field)


def migration(*operations: Operation, atomic: bool = True) -> migrations.Migration:
    """Return one as a file would hold it."""
    body = {"operations": operations, "atomic": atomic}
    kind = cast("type[migrations.Migration]", type("Migration", (migrations.Migration,), body))
    return kind("0002_change", "shop")


def sql(*operations: Operation, atomic: bool = True) -> str:
    """Write what the operations do to a shop that has items of a kind."""
    state = ProjectState()
    state.add_model(ModelState("shop", "Kind", [("id", models.BigAutoField(primary_key=True))]))
    fields: list[tuple[str, models.Field[Any, Any]]] = [
        ("id", models.BigAutoField(primary_key=True)),
        ("name", models.CharField(max_length=50, null=True, unique=True)),
        ("count", models.IntegerField(default=0)),
        ("kind", models.ForeignKey("shop.Kind", models.CASCADE)),
    ]
    state.add_model(ModelState("shop", "Item", fields, {"indexes": [INDEX.clone()]}))
    return sql_of(migration(*operations, atomic=atomic), state)


def rules(*operations: Operation, atomic: bool = True) -> set[str]:
    return {found.rule for found in squawk.judge([sql(*operations, atomic=atomic)])[0]}


DANGEROUS: dict[str, tuple[str, Operation]] = {
    "a column is dropped": ("ban-drop-column", migrations.RemoveField("item", "count")),
    "a table is dropped": ("ban-drop-table", migrations.DeleteModel("Item")),
    "a column is renamed": ("renaming-column", migrations.RenameField("item", "count", "number")),
    "a table is renamed": ("renaming-table", migrations.RenameModel("Item", "Thing")),
    # Django takes the default away again, so what the release before inserts is refused.
    "a column must be given": ("ban-drop-default", column("size", models.IntegerField(default=1))),
    "a column has no default": (
        "adding-required-field",
        migrations.RunSQL("ALTER TABLE shop_item ADD COLUMN size integer NOT NULL"),
    ),
    "NULL is forbidden": (
        "adding-not-nullable-field",
        changed("name", models.CharField(max_length=50, unique=True)),
    ),
    "a type is changed": ("changing-column-type", changed("count", models.TextField())),
    "rows are looked through for a check": (
        "constraint-missing-not-valid",
        migrations.AddConstraint("item", models.CheckConstraint(condition=BIG, name="big")),
    ),
    "rows are looked through for a key": (
        "adding-foreign-key-constraint",
        column("other", models.ForeignKey("shop.Kind", models.CASCADE, "+", null=True)),
    ),
    "a column becomes unique": (
        "disallowed-unique-constraint",
        changed("count", models.IntegerField(default=0, unique=True)),
    ),
    "an index stops writes": (
        "require-concurrent-index-creation",
        changed("count", models.IntegerField(default=0, db_index=True)),
    ),
    "an index is dropped under readers": (
        "require-concurrent-index-deletion",
        migrations.RemoveIndex("item", "by_count"),
    ),
    "an index cannot be built in a transaction": (
        "ban-concurrent-index-creation-in-transaction",
        online.AddIndexConcurrently("item", models.Index(fields=["kind", "count"], name="both")),
    ),
    "an exception has no reason": (
        "ban-drop-column",
        migrations.RunSQL("-- squawk-ignore ban-drop-column\nALTER TABLE a DROP COLUMN b"),
    ),
}


@pytest.mark.parametrize(("rule", "operation"), DANGEROUS.values(), ids=DANGEROUS)
def test_it_is_found_when(rule: str, operation: Operation) -> None:
    assert rule in rules(operation)


SAFE: dict[str, tuple[bool, Operation]] = {
    "a table is made": (
        True,
        migrations.CreateModel(
            "Sale",
            [
                ("id", models.BigAutoField(primary_key=True)),
                ("item", models.ForeignKey("shop.Item", models.CASCADE)),
                ("code", models.CharField(max_length=9, unique=True)),
            ],
            {"indexes": [models.Index(fields=["code", "item"], name="sales")]},
        ),
    ),
    "a column may be NULL": (True, column("size", models.IntegerField(null=True))),
    "the database knows the default": (True, column("size", models.IntegerField(db_default=1))),
    "NULL is allowed": (True, changed("count", models.IntegerField(null=True))),
    "an index is built beside": (
        False,
        online.AddIndexConcurrently("item", models.Index(fields=["kind", "count"], name="both")),
    ),
    "an index is dropped beside": (False, online.RemoveIndexConcurrently("item", "by_count")),
    "a constraint looks at new rows": (
        True,
        online.AddConstraintNotValid("item", models.CheckConstraint(condition=BIG, name="big")),
    ),
    "a constraint looks at old rows later": (False, online.ValidateConstraint("item", "big")),
    "only Django's view changes": (
        True,
        migrations.SeparateDatabaseAndState(state_operations=[DANGEROUS["a column is dropped"][1]]),
    ),
}


@pytest.mark.parametrize(("atomic", "operation"), SAFE.values(), ids=SAFE)
def test_nothing_is_found_when(atomic: bool, operation: Operation) -> None:  # noqa: FBT001 - a parameter
    assert rules(operation, atomic=atomic) == set()
