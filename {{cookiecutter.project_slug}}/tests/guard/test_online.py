"""Operations that do not stop the service work on the database of the tests as well."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, migrations, models
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.utils import DataError, IntegrityError

from guard import online

pytestmark = pytest.mark.django_db(transaction=True)
POSITIVE = models.CheckConstraint(condition=models.Q(count__gt=0), name="positive")


class Shop:
    """A table in the database, changed step by step."""

    def __init__(self) -> None:
        self.state = ProjectState()
        fields: list[tuple[str, models.Field[Any, Any]]] = [
            ("id", models.BigAutoField(primary_key=True)),
            ("count", models.IntegerField()),
        ]
        self.apply(migrations.CreateModel("Item", fields))

    def apply(self, operation: Operation) -> ProjectState:
        """Do as `migrate` does in a migration that is not atomic; return what was before."""
        before, self.state = self.state, self.state.clone()
        operation.state_forwards("shop", self.state)
        with connection.schema_editor(atomic=False) as editor:
            operation.database_forwards("shop", editor, before, self.state)
        return before

    def undo(self, operation: Operation, before: ProjectState) -> None:
        """Go back to what was before."""
        with connection.schema_editor(atomic=False) as editor:
            operation.database_backwards("shop", editor, self.state, before)
        self.state = before

    def insert(self, count: int) -> None:
        """Add a row, as any program may."""
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO shop_item (count) VALUES (%s)", [count])

    def names(self) -> set[str]:
        """Return the names of indexes and constraints."""
        with connection.cursor() as cursor:
            return set(connection.introspection.get_constraints(cursor, "shop_item"))


@pytest.fixture
def shop() -> Iterator[Shop]:
    """Return a new one, gone after the test."""
    yield Shop()
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE shop_item")


def test_an_index_is_built_and_dropped(shop: Shop) -> None:
    add = online.AddIndexConcurrently("item", models.Index(fields=["count"], name="by_count"))
    remove = online.RemoveIndexConcurrently("item", "by_count")
    before = shop.apply(add)
    assert "by_count" in shop.names()
    shop.undo(add, before)
    assert "by_count" not in shop.names()
    shop.apply(add)
    before = shop.apply(remove)
    assert "by_count" not in shop.names()
    shop.undo(remove, before)
    assert "by_count" in shop.names()


def test_a_constraint_holds_for_new_rows_and_then_for_all(shop: Shop) -> None:
    add, validate = (
        online.AddConstraintNotValid("item", POSITIVE),
        online.ValidateConstraint("item", "positive"),
    )
    before = shop.apply(add)
    with pytest.raises(IntegrityError):
        shop.insert(0)
    shop.undo(validate, shop.apply(validate))
    shop.insert(1)
    shop.undo(add, before)
    shop.insert(0)


def test_sql_of_postgresql_runs_there_only(shop: Shop) -> None:
    statement = "DO $$ BEGIN RAISE division_by_zero; END $$"
    operation = online.RunPostgresqlSQL(statement, statement)
    if connection.vendor == "postgresql":
        with pytest.raises(DataError):
            shop.apply(operation)
    else:
        shop.undo(operation, shop.apply(operation))
