"""SQL that takes too long is given up, and its request answered."""

from __future__ import annotations

import time
from pathlib import Path

import psycopg

from tests.credentials.accounts import TOKENS, Headers, api_token, credentials
from tests.credentials.caller import Caller
from tests.credentials.deployment import Deployment, Running

NOTES = "/api/v1/notes/"
LOCK_SECONDS = 5
SHORT = "?options=-c%20statement_timeout%3D500ms"
SHOW = """
from django.db import connection
with connection.cursor() as cursor:
    for name in ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"):
        cursor.execute(f"SHOW {name}")
        print(name, cursor.fetchone()[0])
"""
SLOW = """
CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN PERFORM pg_sleep(60); RETURN NEW; END $$;
CREATE TRIGGER slow BEFORE INSERT ON notes_note FOR EACH ROW EXECUTE FUNCTION slow();
"""
STILL_RUNNING = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND state = 'active' AND pid <> pg_backend_pid()
"""


def token_of(caller: Caller, account: str) -> Headers:
    return api_token(caller.post(TOKENS, credentials(account)))


def test_production_has_a_limit_for_each_way_to_wait(deployment: Deployment) -> None:
    command = ("python", "manage.py", "shell", "-c", SHOW)
    shown = deployment.installed.run(deployment.project, *command, variables=deployment.variables)
    lines = [line.split() for line in shown.splitlines() if "timeout " in line]
    assert dict(lines) == {
        "statement_timeout": "15s",
        "lock_timeout": f"{LOCK_SECONDS}s",
        "idle_in_transaction_session_timeout": "30s",
    }


def test_who_waits_for_a_lock_gets_an_answer(
    deployment: Deployment, behind_proxy: Running, account: str
) -> None:
    caller = behind_proxy.caller
    token = token_of(caller, account)
    with psycopg.connect(deployment.database_url) as connection:
        connection.execute("LOCK TABLE notes_note IN ACCESS EXCLUSIVE MODE")
        began = time.monotonic()
        answer = caller.get(NOTES, token)
        seconds = time.monotonic() - began
        connection.rollback()
    assert answer.is_problem(503)
    assert LOCK_SECONDS - 0.5 < seconds < LOCK_SECONDS + 5
    assert caller.get(NOTES, token).status == 200


def test_a_slow_statement_is_aborted(deployment: Deployment, account: str, tmp_path: Path) -> None:
    url = deployment.database_url + SHORT
    with (
        psycopg.connect(deployment.database_url, autocommit=True) as connection,
        deployment.running(tmp_path / "log", DATABASE_URL=url) as running,
    ):
        token = token_of(running.caller, account)
        connection.execute(SLOW)
        try:
            answer = running.caller.post(NOTES, {"title": "a title"}, token)
            assert connection.execute(STILL_RUNNING).fetchone() == (0,)
        finally:
            connection.execute("DROP FUNCTION slow CASCADE")
        assert answer.is_problem(503)
        assert running.caller.post(NOTES, {"title": "a title"}, token).status == 201
