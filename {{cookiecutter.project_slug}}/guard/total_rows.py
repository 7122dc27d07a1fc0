"""How many rows a query has, beside the rows of one page of it: one round trip in place of two."""

from typing import Any

from django.core.exceptions import FullResultSet
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BigIntegerField, Expression, QuerySet
from django.db.models.query import ModelIterable, ValuesIterable
from django.db.models.sql.compiler import SQLCompiler

TOTAL = "total_rows"  # the name under which it comes with each row


class TotalRows(Expression):
    """`(SELECT COUNT(*) ...)` over what the query selects from, whatever its order and slice.

    The database counts once, and in an index where it has one; a window would read the rows.
    """

    output_field = BigIntegerField()

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[Any, ...]]:
        """Repeat the tables and conditions of the query itself."""
        tables, parameters = compiler.get_from_clause()
        sql = f"(SELECT COUNT(*) FROM {' '.join(tables)}"  # noqa: S608 - of Django's compiler
        try:
            conditions: Any = compiler.query.where
            condition, values = compiler.compile(conditions)
        except FullResultSet:  # the conditions hold for every row
            condition, values = "", ()
        if condition:
            sql = f"{sql} WHERE {condition}"
        return f"{sql})", (*parameters, *values)


def can_count(rows: object) -> bool:
    """Tell if TotalRows is right: objects or `values()` without DISTINCT, GROUP BY or UNION."""
    if not isinstance(rows, QuerySet):
        return False
    if not issubclass(rows._iterable_class, ModelIterable | ValuesIterable):  # noqa: SLF001 - there is no other way to ask
        return False
    query = rows.query
    unlike_rows = query.distinct or query.group_by or query.combinator or query.is_sliced
    return not (unlike_rows or query.extra or query.where.contains_over_clause)


def total_of(rows: list[Any]) -> int:
    """Return the count that came with the rows of a page, and take it out of `values()`."""
    totals = [row.pop(TOTAL) if isinstance(row, dict) else getattr(row, TOTAL) for row in rows]
    return totals[0] if totals else 0
