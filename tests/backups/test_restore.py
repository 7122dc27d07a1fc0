"""A backup under load holds one moment of the database, and a service goes on from it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import psycopg
import pytest

from tests.backups.cluster import Cluster
from tests.backups.conftest import DRILL, Taken
from tests.backups.writers import ACCOUNTS, NOTES
from tests.credentials.accounts import TOKENS, api_token, credentials
from tests.credentials.deployment import Deployment

TITLES = """
    SELECT username, title FROM notes_note JOIN accounts_user ON accounts_user.id = owner_id
    WHERE username <> 'dave'
"""


def test_it_holds_what_was_acknowledged_before_and_each_writers_notes_without_a_gap(
    taken: Taken, target: Cluster, restored: str
) -> None:
    titles = target.rows(TITLES, restored)
    written = Counter(str(name) for name, _ in titles)
    assert written.keys() == set(ACCOUNTS)
    assert {title for _, title in titles} == {
        f"{name} {number}" for name, count in written.items() for number in range(count)
    }
    for name in ACCOUNTS:
        assert taken.acknowledged_before[name] <= written[name] <= taken.sent[name]
    # There was a load while it was made.
    assert sum(taken.acknowledged_after.values()) > sum(taken.acknowledged_before.values())


def test_every_row_is_the_same_as_in_the_source(
    source: Cluster, target: Cluster, restored: str
) -> None:
    theirs, ours = source.tables("service"), target.tables(restored)
    assert ours.keys() == theirs.keys()
    assert len(ours["notes_note"]) > 8_000
    for name, rows in ours.items():
        # Notes are never changed here, and the source went on; nothing else was written to.
        same = rows <= theirs[name] if name == "notes_note" else rows == theirs[name]
        assert same, name


def test_the_drill_lists_every_table_and_leaves_no_database(taken: Taken, target: Cluster) -> None:
    before = target.databases()
    done = target.script(DRILL, BACKUP_DIR=str(taken.dump.parent))
    assert done.returncode == 0, done.stdout + done.stderr
    tables = target.rows("SELECT schemaname || '.' || relname FROM pg_stat_user_tables")
    listed = [line.split()[1] for line in done.stdout.splitlines() if line.startswith("table ")]
    assert {name for (name,) in tables} <= set(listed)
    assert "table public.notes_note" in done.stdout
    assert target.databases() == before


def test_the_service_goes_on_from_it(
    written_to: Deployment, target: Cluster, restored: str, tmp_path: Path
) -> None:
    address = {"DATABASE_URL": target.url("service", restored)}
    with written_to.running(tmp_path / "log", **address) as running:
        caller = running.caller
        assert caller.get("/readyz").status == 200
        token = api_token(caller.post(TOKENS, credentials("alice")))
        answer = caller.post(NOTES, {"title": "after", "text": ""}, token)
        assert answer.status == 201
        assert caller.get(f"{NOTES}{answer.json['id']}/", token).json["title"] == "after"


def test_no_sequence_gives_a_number_twice(target: Cluster, restored: str) -> None:
    last, following = target.rows(
        "SELECT max(id), nextval('django_content_type_id_seq') FROM django_content_type", restored
    )[0]
    assert int(str(following)) == int(str(last)) + 1


@pytest.mark.parametrize("role", ["service", "service_backup"])
def test_no_role_may_do_more_or_less_than_before(
    source: Cluster, target: Cluster, restored: str, role: str
) -> None:
    query = f"""
        SELECT relname, what, has_table_privilege('{role}', pg_class.oid, what)
        FROM pg_class, unnest('{{SELECT,INSERT,UPDATE,DELETE,TRUNCATE,REFERENCES}}'::text[]) what
        WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1, 2
    """  # noqa: S608 - our own names
    assert target.rows(query, restored) == source.rows(query)
    with (
        psycopg.connect(target.url(role, restored)) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute("CREATE TABLE mine ()")
