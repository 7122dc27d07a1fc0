"""How many SQL queries and Redis commands a request takes, counted by the servers themselves.

PostgreSQL writes every statement to its log, Redis shows every command to MONITOR. What only opens
a connection is left out: connections last. A script is one command, whatever it does inside.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from statistics import mode
from uuid import uuid4

import psycopg
from redis import Redis

from benchmarks.load import UnexpectedAnswerError
from benchmarks.requests.sides import Question, Side
from tests.smoke.client import Client

ASKED = 20
STATEMENT = re.compile(r" LOG:  (?:statement|execute [^:]*): (.*)")
OPENING = ("AUTH", "CLIENT", "HELLO", "SELECT")
RELOADED = 0.5  # seconds until every session has seen a changed setting


@dataclass(frozen=True)
class Counted:
    """What one request takes: the usual of twenty."""

    queries: int
    redis: int
    statements: tuple[str, ...]
    commands: tuple[str, ...]


@contextmanager
def logged(server_url: str) -> Iterator[Callable[[], list[str]]]:
    """Have all statements logged; yield what returns those since it was last asked."""
    with psycopg.connect(server_url, autocommit=True) as connection:
        row = connection.execute("SHOW data_directory").fetchone()
        log = Path(str(row[0] if row else "")).with_name("server.log")
        connection.execute("ALTER SYSTEM SET log_statement = 'all'")
        connection.execute("SELECT pg_reload_conf()")
        time.sleep(RELOADED)
        with log.open(encoding="utf-8", errors="replace") as lines:
            lines.seek(0, 2)

            def since() -> list[str]:
                found = map(STATEMENT.search, lines.read().splitlines())
                return [match[1] for match in found if match]

            yield since
        connection.execute("ALTER SYSTEM RESET log_statement")
        connection.execute("SELECT pg_reload_conf()")
    time.sleep(RELOADED)


@contextmanager
def monitored(redis_url: str) -> Iterator[Callable[[], list[str]]]:
    """Have Redis show all commands; yield what returns those since it was last asked."""
    with Redis.from_url(redis_url) as client, client.monitor() as monitor:

        def since() -> list[str]:
            mark, found = uuid4().hex, []
            client.echo(mark)
            while mark not in (command := monitor.next_command())["command"]:
                name = command["command"].split(" ")[0].strip('"').upper()
                if command["client_type"] != "lua" and name not in OPENING:
                    found.append(name)
            return found

        since()
        yield since


def counted(
    server_url: str, redis_url: str, side: Side, question: Question, status: int = HTTPStatus.OK
) -> Counted:
    """Ask a side, one request after the other, and count.

    Raises UnexpectedAnswerError if an answer has another status.
    """
    statements, commands = [], []
    with logged(server_url) as queries, monitored(redis_url) as redis:
        for _ in range(ASKED):
            answer = Client(side.port).get(question.path, question.logins[0])
            if answer.status != status:
                message = f"{question.path} was answered {answer.status}: {answer.body[:200]!r}"
                raise UnexpectedAnswerError(message)
            statements.append(tuple(queries()))
            commands.append(tuple(redis()))
    usual, spoken = mode(statements_shapes(statements)), mode(commands)
    return Counted(len(usual), len(spoken), usual, spoken)


def statements_shapes(found: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Leave out of statements what differs between two that are the same: the values."""
    shape = re.compile(r"'[^']*'|\b\d+\b")
    return [tuple(shape.sub("?", statement) for statement in each) for each in found]
