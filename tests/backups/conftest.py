"""A service on one cluster, backed up while it is written to, and restored on another cluster."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.backups.cluster import Cluster, cluster
from tests.backups.writers import writing
from tests.credentials.deployment import Deployment, deploy
from tests.matrix.environments import lines

# So many rows that others are written while they are read.
ROWS = """
    INSERT INTO notes_note (id, owner_id, title, text, created_at, updated_at)
    SELECT gen_random_uuid(), id, n, repeat(md5(n::text), 30), now(), now()
    FROM accounts_user, generate_series(1, 8000) n WHERE username = 'dave'
"""
BACKUP, RESTORE, DRILL = (f"backup/{name}.sh" for name in ("backup", "restore", "drill"))
RESTORED = "restored"


@dataclass(frozen=True)
class Taken:
    """A backup, and how many notes each account had written before it and by its end."""

    dump: Path
    acknowledged_before: dict[str, int]
    acknowledged_after: dict[str, int]
    sent: dict[str, int]


@pytest.fixture(scope="session")
def source(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with cluster(tmp_path_factory.mktemp("source")) as made:
        yield made


@pytest.fixture(scope="session")
def target(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with cluster(tmp_path_factory.mktemp("target")) as made:
        yield made


@pytest.fixture(scope="session")
def written_to(
    source: Cluster, tmp_path_factory: pytest.TempPathFactory, redis_base_url: str
) -> Deployment:
    """Return the service, whose migrations the owner has run and which runs as its own role."""
    folder = tmp_path_factory.mktemp("written")
    deployed = deploy(folder, lines()[0], source.url("service_owner"), redis_base_url)
    deployed.variables.update(DATABASE_URL=source.url("service"), WORKERS="1")
    source.execute(ROWS)
    return deployed


@pytest.fixture(scope="session")
def taken(
    source: Cluster, written_to: Deployment, tmp_path_factory: pytest.TempPathFactory
) -> Taken:
    """Back up under load, as the role that may only read."""
    folder = tmp_path_factory.mktemp("backups")
    with (
        written_to.running(tmp_path_factory.mktemp("written-to") / "log") as running,
        writing(running.caller) as writers,
    ):
        while min(writer.acknowledged for writer in writers) < 3:
            time.sleep(0.02)
        before = {writer.name: writer.acknowledged for writer in writers}
        done = source.script(BACKUP, role="service_backup", BACKUP_DIR=str(folder))
        sent = {writer.name: writer.sent for writer in writers}
        after = {writer.name: writer.acknowledged for writer in writers}
    assert done.returncode == 0, done.stderr
    (dump,) = folder.glob("*.dump")
    return Taken(dump, before, after, sent)


@pytest.fixture(scope="session")
def restored(taken: Taken, target: Cluster) -> str:
    """Return the name of the database on the other cluster."""
    done = target.script(RESTORE, taken.dump, RESTORED)
    assert done.returncode == 0, done.stderr
    return RESTORED
