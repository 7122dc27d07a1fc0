"""Finds a login and its account in one query whose SQL is made once.

Django makes the SQL of a query anew each time, which takes three times as long as the database
needs to answer this one, and every request asks it.
"""

from functools import cache
from typing import Any, Generic, NamedTuple, TypeVar

from django.db import connections, models

from accounts.models import User

Login = TypeVar("Login", bound=models.Model)


class Statement(NamedTuple):
    """What is asked of a database, and how values that come back are turned into Python's."""

    sql: str
    converters: dict[int, Any]


class LoginLookup(Generic[Login]):
    """Looks up the rows of a model with a foreign key `user`, by the value of a unique field."""

    def __init__(self, model: type[Login], name: str) -> None:
        """Name the model and the field; nothing is asked yet."""
        self.model, self.name = model, name
        self.statement = cache(self._statement)

    def find(self, value: object) -> Login | None:
        """Return the login with its user, or None."""
        alias = self.model._base_manager.db
        connection, field = connections[alias], self.model._meta.get_field(self.name)
        statement = self.statement(alias)
        with connection.cursor() as cursor:
            cursor.execute(statement.sql, [field.get_db_prep_value(value, connection)])  # type: ignore[union-attr]
            row = cursor.fetchone()
        if row is None:
            return None
        values = list(row)
        for position, (functions, expression) in statement.converters.items():
            for function in functions:
                values[position] = function(values[position], expression, connection)
        count = len(columns(self.model))
        login = self.model.from_db(alias, columns(self.model), values[:count])
        login.user = User.from_db(alias, columns(User), values[count:])  # type: ignore[attr-defined]
        return login

    def _statement(self, alias: str) -> Statement:
        """Let Django write it once, with a value that is replaced by each request's."""
        query = self.model._base_manager.using(alias).select_related("user").order_by().query
        field = self.model._meta.get_field(self.name)
        query.add_q(models.Q(**{self.name: field.to_python("0" * 32)}))  # type: ignore[union-attr]
        compiler = query.get_compiler(alias)
        sql, _ = compiler.as_sql()
        expressions = [each for each, _, _ in compiler.select]
        return Statement(sql, compiler.get_converters(expressions))


@cache
def columns(model: type[models.Model]) -> list[str]:
    """Return the names of a model's columns in Django's order."""
    return [field.attname for field in model._meta.concrete_fields]
