"""Spans of SQL statements: their text as the code has it, without any value.

Parameters are never looked at. What a statement holds literally is replaced, for whoever wrote it
may have put a value there; one whose end of a literal cannot be told is named by its verb only.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from observability.tracing_steps import step

LENGTH = 2000  # characters that are sent of a statement
VENDORS = {"postgresql": "postgresql", "sqlite": "sqlite"}
TOKENS = re.compile(
    r"""
    (?P<name>"(?:[^"]|"")*")                            # a quoted name
    | --[^\n]* | /\*.*?\*/                              # comments
    | (?P<literal>
        [eE]'(?:[^'\\]|\\.|'')*' | (?:[uU]&|[bBxXnN])?'(?:[^']|'')*'
        | \$(?P<tag>\w*)\$.*?\$(?P=tag)\$
        | (?<![\w$])[+-]?(?:\d[\w.]*|\.\d\w*)           # a number
    )
    """,
    re.VERBOSE | re.DOTALL,
)
TABLE = re.compile(r'\b(?:FROM|INTO|UPDATE)\s+"?(\w+)"?', re.IGNORECASE)
VERB = re.compile(r"\s*([A-Za-z]{1,20})\b")


def traced_statement(
    execute: Callable[..., Any],
    sql: Any,
    params: Any,
    many: bool,  # noqa: FBT001 - Django's own signature
    context: dict[str, Any],
) -> Any:
    """Make a statement a span (an execute_wrapper of Django's database connections)."""
    name, attributes = described(sql if isinstance(sql, str) else "")
    vendor = context["connection"].vendor
    with step(name, {"db.system.name": VENDORS.get(vendor, "other_sql"), **attributes}):
        return execute(sql, params, many, context)


@lru_cache(maxsize=512)
def described(sql: str) -> tuple[str, dict[str, str]]:
    """Return the name of the span of a statement, and its attributes."""
    verb = VERB.match(sql)
    operation = verb[1].upper() if verb else "SQL"
    text = without_values(sql)
    if text is None:
        return operation, {"db.operation.name": operation}
    table = TABLE.search(text)
    name = f"{operation} {table[1]}" if table else operation
    return name, {"db.operation.name": operation, "db.query.text": text[:LENGTH]}


def without_values(sql: str) -> str | None:
    """Put ? for each literal and drop comments; None where what is left cannot be trusted."""
    text = TOKENS.sub(lambda found: found["name"] or ("?" if found["literal"] else " "), sql)
    rest = re.sub(r'"(?:[^"]|"")*"', "", text)
    if not text.strip() or re.search(r"""['"]|\$\w*\$|/\*|\*/""", rest):
        return None
    return text
