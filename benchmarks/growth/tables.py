"""The same requests and commands with few and with many rows in the tables, side by side."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from http import HTTPStatus
from pathlib import Path
from statistics import median
from typing import Any

import psycopg

from benchmarks.growth.effort import Effort
from benchmarks.load import UnexpectedAnswerError, ask, request
from benchmarks.login_flood import NOTES, prepared
from tests.credentials.accounts import JWT, ME, TOKENS, api_token, bearer, credentials, jwt_pair
from tests.credentials.deployment import Deployment, Running
from tests.database import rows as filled
from tests.servers import postgresql
from tests.smoke import service as services

PURGES = ("purge_tokens", "purge_jwt_logins", "clearsessions")
ONE_PROCESS = {"WORKERS": "1", "THREADS": "4", "JWT_ACCESS_MINUTES": "60"}


@dataclass(frozen=True)
class Case:
    """A request, what it must be answered, and how many clients send it."""

    sent: bytes
    expected: int = HTTPStatus.OK
    clients: int = 4


@dataclass(frozen=True)
class Row:
    """What a case came to with each number of rows, in their order."""

    what: str
    unit: str
    figures: list[float]  # medians of the rounds
    spread: list[list[float]]  # the least and the most of the rounds


def fill(running: Running, database_url: str, rows: int) -> dict[str, str]:
    """Fill the tables; return the account that has as many notes of its own."""
    login = api_token(running.caller.post(TOKENS, credentials("carol")))
    made = running.caller.post(NOTES, {"title": "One", "text": "x" * 100}, login)
    if made.status != HTTPStatus.CREATED:
        message = f"a row was answered {made.status}"
        raise UnexpectedAnswerError(message)
    jwt_pair(running.caller, "carol")
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(
            "INSERT INTO django_session VALUES ('one', repeat('x', 200), now() + interval '1 day')"
        )
        connection.execute("SET session_replication_role = replica")  # owners are known to be there
        own = "(SELECT id FROM accounts_user WHERE username = 'carol')"
        filled.add(connection, filled.NOTES, rows, owner_id=own)
        filled.fill(connection, rows, max(1, rows // filled.ROWS_OF_AN_ACCOUNT))
    return login


def cases(running: Running, carol: dict[str, str], rows: int) -> dict[str, Case]:
    """Return what is asked."""
    bob = prepared(running.caller)
    access = bearer(jwt_pair(running.caller, "bob"))
    last = -(-(rows + 1) // 20)
    name = credentials("dave")
    return {
        "list of 20 rows, the others' are n": Case(request("GET", NOTES, bob)),
        "list of 20 rows, one's own are n": Case(request("GET", NOTES, carol)),
        "its last page": Case(request("GET", f"{NOTES}?page={last}", carol)),
        "`me` with an API token": Case(request("GET", ME, bob)),
        "`me` with a JWT": Case(request("GET", ME, access)),
        "list of one's API tokens": Case(request("GET", TOKENS, bob)),
        "login for an API token": Case(request("POST", TOKENS, {}, name), HTTPStatus.CREATED, 1),
        "login for a JWT": Case(request("POST", JWT, {}, name), clients=1),
    }


@contextmanager
def service(deployed: Deployment, url: str, log: Path, rows: int) -> Iterator[dict[str, Any]]:
    """Run the service on a database of its own with so many rows."""
    variables = {"DATABASE_URL": url, **ONE_PROCESS}
    services.prepare(deployed.installed, deployed.project, deployed.variables | variables)
    with deployed.running(log, **variables) as running:
        began = time.monotonic()
        carol = fill(running, url, rows)
        seconds = time.monotonic() - began
        asked = cases(running, carol, rows)
        yield {"running": running, "cases": asked, "seconds": seconds, "variables": variables}


def purges(deployed: Deployment, all_of_them: list[dict[str, Any]]) -> list[Row]:
    """Time the commands of the scheduler, which find one row in a hundred; each runs once."""
    found = []
    for command in PURGES:
        seconds = []
        for one in all_of_them:
            began = time.monotonic()
            variables = deployed.variables | one["variables"]
            deployed.installed.run(
                deployed.project, "python", "manage.py", command, variables=variables
            )
            seconds.append(time.monotonic() - began)
        found.append(Row(f"`{command}`", "s", seconds, [[second] * 2 for second in seconds]))
    return found


def compare(what: str, services: list[dict[str, Any]], how: Effort) -> Row:
    """Ask each service the same in turn, each round all of them."""
    rates: list[list[float]] = [[] for _ in services]
    for number in range(how.rounds + 1):
        for book, one in zip(rates, services, strict=True):
            case, port = one["cases"][what], one["running"].caller.port
            asked = asyncio.run(ask(port, case.sent, case.clients, how.seconds, case.expected))
            if number:  # the first requests are slower
                book.append(asked.rate)
    spread = [[min(book), max(book)] for book in rates]
    return Row(what, "requests/s", [median(book) for book in rates], spread)


def tables(
    deployed: Deployment, server_url: str, folder: Path, sizes: list[int], how: Effort
) -> dict[str, Any]:
    """Return a row for each case, in requests a second, and for each command, in seconds."""
    found: list[Row] = []
    with ExitStack() as stack:
        ready = []
        for rows in sizes:
            how.tell(f"filling tables with {rows:,} rows")
            url = stack.enter_context(postgresql.database(server_url))
            one = stack.enter_context(service(deployed, url, folder / f"log-{rows}", rows))
            ready.append(one)
        for what in ready[0]["cases"]:
            how.tell(what)
            found.append(compare(what, ready, how))
        how.tell("purge commands")
        found += purges(deployed, ready)
        filling = [one["seconds"] for one in ready]
    return {"sizes": sizes, "rows": [asdict(row) for row in found], "filling": filling}
