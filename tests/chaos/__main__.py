"""All faults, one after the other, against one world: `./run chaos`. Takes about five minutes."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from tests.chaos.database import losable as losable_database
from tests.chaos.faults import all_faults
from tests.chaos.tally import Tally, raw, table
from tests.chaos.world import TRIES, chaos
from tests.credentials.deployment import deploy
from tests.fire.store import losable as losable_store
from tests.generation.answers import ROOT
from tests.matrix.environments import lines
from tests.servers import postgresql

CALM = 4  # seconds before and after each
RESULTS = ROOT / ".cache" / "chaos"


def faults_of(one: Tally) -> list[str]:
    """Return what must not be, and is."""
    found = {
        "writes acknowledged and missing": one.missing + one.wrong,
        "writes twice": one.twice,
        "passwords tried beyond the limit": max(0, one.guesses - TRIES),
        "requests failed in a rolling restart": one.failed * one.fault.startswith("rolling"),
    }
    return [f"{one.fault}: {count} {what}" for what, count in found.items() if count]


def run(folder: Path, wanted: str) -> Iterator[Tally]:
    """Make the faults whose names contain a text."""
    with (
        losable_store() as store,
        losable_database() as database,
        postgresql.database(database.url) as url,
    ):
        deployment = deploy(folder, lines()[0], url, store.url)
        with chaos(deployment, folder, CALM) as world:
            name_of_database = urlsplit(url).path.strip("/")
            faults = all_faults(world.members, store, database, name_of_database)
            for name, fault in faults.items():
                if wanted in name:
                    yield world.suffer(name, fault)


def show(one: Tally) -> Tally:
    """Print one."""
    sys.stdout.write(f"{json.dumps(raw([one])[0])}\n")
    sys.stdout.flush()
    return one


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="secure-drf-chaos-") as name:
        tallies = list(map(show, run(Path(name), "".join(sys.argv[1:]))))
    RESULTS.mkdir(parents=True, exist_ok=True)
    (RESULTS / "chaos.json").write_text(json.dumps(raw(tallies), indent=2) + "\n", "utf-8")
    (RESULTS / "chaos.md").write_text(table(tallies, TRIES) + "\n", "utf-8")
    sys.stdout.write(f"\n{table(tallies, TRIES)}\n")
    found = [fault for one in tallies for fault in faults_of(one)]
    sys.exit("\n".join(found) if found else 0)
