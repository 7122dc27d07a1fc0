"""Keeps every credential and password that passed, to look for them where they must not be."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import psycopg
from psycopg import sql

from tests.smoke.client import Response

SESSION_COOKIE = "__Host-sessionid"
TOKEN_FIELDS = ("token", "access", "refresh")
# Half a credential is one, too: the random part of an API token, the signature of a JWT.
SEPARATORS = re.compile(r"\.|(?<=^apitoken)_")
# The beginning of every JWT; inside of a longer word it is chance.
JWT = re.compile(r"(?<![\w+/.=-])eyJ[\w-]+")
SHORTEST_PART = 20


@dataclass
class Ledger:
    """What was handed out, by kind, and the passwords that were sent."""

    handed_out: dict[str, set[str]] = field(default_factory=dict)

    def note(self, sent: object, answer: Response) -> None:
        """Keep what a request and its answer carried."""
        if isinstance(sent, dict):
            for name, value in sent.items():
                if name.endswith("password"):
                    self.keep("password", value)
        if answer.headers.get_content_type() == "application/json":
            for name in TOKEN_FIELDS:
                self.keep(name, answer.json.get(name))
        # A cookie that is taken back has two quotation marks for a value.
        self.keep("session", answer.cookies().get(SESSION_COOKIE, "").strip('"'))

    def keep(self, kind: str, value: object) -> None:
        """Keep one secret."""
        if isinstance(value, str) and value:
            self.handed_out.setdefault(kind, set()).add(value)

    def found_in(self, text: str) -> list[str]:
        """Return the kinds of what is in a text, as it was or as hexadecimal digits."""
        found = [
            kind
            for kind, values in self.handed_out.items()
            if any(
                part in text or part.encode().hex() in text
                for value in values
                for part in parts(value)
            )
        ]
        return found + ["JWT"] * bool(JWT.search(text))


def parts(value: str) -> set[str]:
    """Return a credential and those of its parts that are secret or long enough to be telling."""
    return {value} | {part for part in SEPARATORS.split(value) if len(part) >= SHORTEST_PART}


def dump(database_url: str) -> dict[str, str]:
    """Return every row of every table, binary columns as hexadecimal digits."""
    query = (
        "SELECT table_schema, table_name FROM information_schema.tables WHERE table_type ="
        " 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')"
    )
    rows = {}
    with psycopg.connect(database_url) as connection:
        for names in connection.execute(query).fetchall():
            table = sql.Identifier(*names)
            with connection.cursor().copy(sql.SQL("COPY {} TO STDOUT").format(table)) as copy:
                rows[".".join(names)] = b"".join(map(bytes, copy)).decode()
    return rows


def readable(ledger: Ledger, database_url: str) -> dict[str, list[str]]:
    """Return the tables that hold a credential or a password, with the kinds of it."""
    found = {table: ledger.found_in(rows) for table, rows in dump(database_url).items()}
    return {table: kinds for table, kinds in found.items() if kinds}
