"""Fills the tables of a service: each with many rows like one that is there."""

from __future__ import annotations

import psycopg

ACCOUNTS, SESSIONS = "accounts_user", "django_session"
NOTES, TOKENS, LOGINS = "notes_note", "tokens_apitoken", "jwt_login_jwtlogin"
# Which column names the account that a row belongs to; a session says it inside.
OWNERS = {NOTES: "owner_id", TOKENS: "user_id", LOGINS: "user_id"}
TABLES = (ACCOUNTS, *OWNERS, SESSIONS)
ROWS_OF_AN_ACCOUNT = 10

COLUMNS = "SELECT column_name FROM information_schema.columns WHERE table_name = %s"
CREATED = "now() - interval '1 second' * n"
# One in a hundred has ended.
END = (
    "CASE WHEN n % 100 = 0 THEN now() - interval '1 day' * (n % 7 + 1)"
    " ELSE now() + interval '1 day' * (n % 30 + 1) END"
)
# What a row has that the first has not, in SQL; `n` counts the rows.
ID = "md5('grown-' || {})::uuid"
NEW = {
    ACCOUNTS: {"id": ID.format("n"), "username": "'grown-' || n"},
    NOTES: {"id": "gen_random_uuid()", "created_at": CREATED},
    TOKENS: {
        "id": "gen_random_uuid()",
        "digest": "md5(n || 'a' || random()) || md5(n || 'b')",
        "created_at": CREATED,
        "expires_at": END,
    },
    LOGINS: {"id": "gen_random_uuid()", "created_at": CREATED, "expires_at": END},
    SESSIONS: {"session_key": "left(md5(n || 'a') || md5(n || 'b'), 40)", "expire_date": END},
}


def add(connection: psycopg.Connection, table: str, rows: int, **changed: str) -> None:
    """Add rows that are like the first of the table but for NEW and what is `changed`, as SQL.

    Other columns keep what the first row has, so a table may get columns that nobody names here.
    """
    columns = connection.execute(COLUMNS, [table]).fetchall()
    values = {name: f"first.{name}" for (name,) in columns} | NEW[table] | changed
    connection.execute(
        f"INSERT INTO {table} ({', '.join(values)}) SELECT {', '.join(values.values())}"  # noqa: S608 - all of it is written here
        f" FROM (SELECT * FROM {table} LIMIT 1) AS first, generate_series(1, {rows}) AS n".encode()
    )


def fill(connection: psycopg.Connection, rows: int, accounts: int) -> None:
    """Give each table as many rows of as many other accounts, then let PostgreSQL look at them.

    Each table must have a row to be like. The connection must be in autocommit mode.
    """
    add(connection, ACCOUNTS, accounts)
    for table, owner in OWNERS.items():
        add(connection, table, rows, **{owner: ID.format(f"(n % {accounts} + 1)")})
    add(connection, SESSIONS, rows)
    look(connection)


def look(connection: psycopg.Connection) -> None:
    """Do what autovacuum does a while after many rows came."""
    for table in TABLES:
        connection.execute(f"VACUUM ANALYZE {table}".encode())


def empty(connection: psycopg.Connection) -> None:
    """Remove what `fill` added."""
    for table, owner in OWNERS.items():
        connection.execute(
            f"DELETE FROM {table} WHERE {owner} IN"  # noqa: S608 - as above
            f" (SELECT id FROM {ACCOUNTS} WHERE username LIKE 'grown-%')".encode()
        )
    connection.execute(f"DELETE FROM {ACCOUNTS} WHERE username LIKE 'grown-%'".encode())  # noqa: S608
    connection.execute(f"DELETE FROM {SESSIONS}".encode())  # noqa: S608 - as above
