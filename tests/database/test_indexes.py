"""No request reads a whole table that grows: plans of the statements that a service sends."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.credentials.accounts import JWT, api_token, credentials
from tests.credentials.deployment import Deployment
from tests.database import rows
from tests.database.roles import Roles

ROWS = 10_000
SCRIPT = Path(__file__).with_name("asked.py")


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield a step of a plan and all below it."""
    yield plan
    for part in plan.get("Plans", []):
        yield from nodes(part)


def is_whole(node: dict[str, Any]) -> bool:
    """Whether a step reads a table, or an index of it, from one end to the other."""
    if node["Node Type"] in ("Index Scan", "Index Only Scan"):
        return "Index Cond" not in node
    return bool(node["Node Type"] == "Seq Scan")


@pytest.fixture(scope="module")
def plans(
    roles: Roles, deployed: Deployment, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, list[dict[str, Any]]]]:
    """Return each request's statements with their plans, on tables of many rows."""
    folder = tmp_path_factory.mktemp("indexes")
    with deployed.running(folder / "log", WORKERS="1") as running:
        login = api_token(running.caller.post("/api/v1/auth/tokens/", credentials("carol")))
        assert running.caller.post("/api/v1/notes/", {"title": "One"}, login).status == 201
        assert running.caller.post(JWT, credentials("carol")).status == 200
    with psycopg.connect(roles.superuser, autocommit=True) as connection:
        connection.execute(
            "INSERT INTO django_session VALUES ('one', '', now() + interval '1 day')"
        )
        rows.fill(connection, ROWS, ROWS)
    yield asked(deployed, folder / "plans")
    with psycopg.connect(roles.superuser, autocommit=True) as connection:
        rows.empty(connection)


def asked(deployed: Deployment, file: Path) -> dict[str, list[dict[str, Any]]]:
    """Have the service write down its plans."""
    variables = deployed.variables | {"PYTHONPATH": str(deployed.project)}
    command = ("python", str(SCRIPT), str(file))
    deployed.installed.run(deployed.project, *command, variables=variables)
    found: dict[str, list[dict[str, Any]]] = json.loads(file.read_text("utf-8"))
    return found


def test_no_request_and_no_purge_reads_a_table_from_end_to_end(
    plans: dict[str, list[dict[str, Any]]],
) -> None:
    seen = [
        (title, node["Relation Name"], statement["sql"])
        for title, statements in plans.items()
        for statement in statements
        for node in nodes(statement["plan"])
        if is_whole(node) and node["Relation Name"] in rows.TABLES
    ]
    assert seen == []


def test_every_table_that_grows_was_asked_by_what_was_looked_at(
    plans: dict[str, list[dict[str, Any]]],
) -> None:
    asked_for = Counter(
        node["Relation Name"]
        for statements in plans.values()
        for statement in statements
        for node in nodes(statement["plan"])
        if "Relation Name" in node
    )
    assert set(rows.TABLES) <= set(asked_for)
    assert [title for title, statements in plans.items() if not statements] == []
