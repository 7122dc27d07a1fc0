"""The contestants: each a change of the generated project, or of what it connects to."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.pooling import pgbouncer
from tests.credentials.deployment import Deployment

SETTINGS = Path("config", "settings", "database.py")
LASTING = '"CONN_MAX_AGE": 60'
THREADS = 4  # of a process; as many connections in its pool
POOLED = 4  # connections of PgBouncer: half of what the service would open itself
EACH_REQUEST = '"CONN_MAX_AGE": 0'
POOL = f'{EACH_REQUEST}, "OPTIONS": options | {{"pool": {{"min_size": 1, "max_size": {THREADS}}}}}'


@dataclass(frozen=True)
class Way:
    """What stands in the settings, and the mode of a PgBouncer in between."""

    settings: str = LASTING
    mode: str = ""
    size: int = POOLED


WAYS = {
    "lasting connections": Way(),
    "one each request": Way(EACH_REQUEST),
    "psycopg's pool": Way(POOL),
    "PgBouncer, transaction": Way(mode="transaction"),
    "PgBouncer, session": Way(mode="session", size=8),  # fewer: some threads never get one
    "PgBouncer, one each request": Way(EACH_REQUEST, "transaction"),
}


def changed(deployed: Deployment, way: Way, folder: Path) -> Deployment:
    """Return a copy of a deployment with the settings of a way."""
    project = Path(shutil.copytree(deployed.project, folder))
    text = (project / SETTINGS).read_text("utf-8")
    if text.count(LASTING) != 1:
        message = f"{SETTINGS} has no {LASTING} to replace"
        raise ValueError(message)
    (project / SETTINGS).write_text(text.replace(LASTING, way.settings), "utf-8")
    return replace(deployed, project=project)


@contextmanager
def address(way: Way, database_url: str) -> Iterator[str]:
    """Yield where the service finds the database."""
    if not way.mode:
        yield database_url
        return
    with pgbouncer.server(database_url, way.mode, way.size) as url:
        yield url
