"""Old and new code serve at once while a column gets another name; which requests fail is counted.

benchmarks/README.md says how to run it and how to read it.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import psycopg

from benchmarks.rename_column.load import WELL, Load
from benchmarks.rename_column.releases import AT_ONCE, STEP_BY_STEP, Release
from tests.credentials.accounts import TOKENS, api_token, credentials
from tests.credentials.deployment import Deployment, deploy
from tests.matrix.environments import lines
from tests.servers import postgresql, redis_server

SECONDS = 3.0  # of old and new code side by side, and of each alone
OLD_ROWS = """
INSERT INTO notes_note (id, owner_id, title, text, created_at, updated_at)
SELECT gen_random_uuid(), accounts_user.id, 'old', 'old', now(), now()
FROM accounts_user, generate_series(1, 1000) WHERE username = 'carol'
"""


def migrate(deployed: Deployment) -> None:
    """Do what a deployment does first, while the release before serves."""
    command = ("python", "manage.py", "migrate", "--verbosity=0")
    deployed.installed.run(deployed.project, *command, variables=deployed.variables)


def judge(deployed: Deployment) -> str:
    """Return what the project's own linter says about the release."""
    command = ("python", "-c", "import migration_lint.__main__ as m; print(m.main())")
    printed = deployed.installed.run(deployed.project, *command)
    return "passes" if printed.strip() == "0" else "refused"


def roll_out(releases: list[Release], first: Deployment, folder: Path) -> Counter[str]:
    """Deploy each release: migrate, start the new code, let both serve, stop the old."""
    total: Counter[str] = Counter()
    with ExitStack() as services:
        old = services.enter_context(ExitStack())
        caller = old.enter_context(first.running(folder / "log-0")).caller
        load = Load(api_token(caller.post(TOKENS, credentials("bob"))), [caller.port])
        deployed = first
        # Ends before the services do.
        with load.running():
            for number, release in enumerate(releases, start=1):
                project = Path(shutil.copytree(deployed.project, folder / f"release-{number}"))
                release.write(project)
                deployed, new = (
                    replace(deployed, project=project),
                    services.enter_context(ExitStack()),
                )
                verdict = judge(deployed)
                load.answers = Counter()
                time.sleep(SECONDS)
                migrate(deployed)
                time.sleep(SECONDS)
                running = new.enter_context(deployed.running(folder / f"log-{number}"))
                load.ports = [*load.ports, running.caller.port]
                time.sleep(SECONDS)
                load.ports = [running.caller.port]
                time.sleep(1)  # until the old one has answered
                old.close()
                old = new
                sys.stdout.write(f"{release.name} (linter: {verdict}): {dict(load.answers)}\n")
                total += load.answers
    return total


def main() -> int:
    """Return 0 if every request was answered well, 1 if not."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--at-once", action="store_true", help="rename it in one release")
    given = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="secure-drf-rename-") as name,
        postgresql.server() as server_url,
        postgresql.database(server_url) as database_url,
        redis_server.server() as redis_url,
    ):
        first = deploy(Path(name), lines()[0], database_url, redis_url)
        with psycopg.connect(database_url) as connection:
            connection.execute(OLD_ROWS)
        total = roll_out(AT_ONCE if given.at_once else STEP_BY_STEP, first, Path(name))
    return int(set(total) != {WELL})


if __name__ == "__main__":
    sys.exit(main())
