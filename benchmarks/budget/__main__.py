"""Prints the budget of one request: benchmarks/README.md says how to read it."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.credentials.deployment import deploy
from tests.matrix.environments import lines
from tests.servers import postgresql, redis_server

INSIDE = Path(__file__).with_name("inside.py")
PATHS = {"/api/v1/notes/": "a list of 20 rows", "/api/v1/me/": "`me`"}


def table(title: str, layers: dict[str, list[float]]) -> str:
    """Return the layers, the dearest first."""
    rows = sorted(layers.items(), key=lambda row: -row[1][0])
    total = [sum(spent[clock] for _, spent in rows) for clock in (0, 1)]
    lines_of_table = [f"| {title} | processor us | elapsed us |", "|---|---|---|"]
    for name, spent in [*rows, ("**together**", total)]:
        lines_of_table.append(f"| {name} | {spent[0]:.0f} | {spent[1]:.0f} |")
    return "\n".join(lines_of_table)


def main() -> int:
    """Return 0 with figures, 2 without."""
    with (
        tempfile.TemporaryDirectory(prefix="secure-drf-budget-") as name,
        postgresql.server() as server_url,
        postgresql.database(server_url) as database_url,
        redis_server.server() as redis_url,
    ):
        deployed = deploy(Path(name), lines()[0], database_url, redis_url)
        done = subprocess.run(
            [str(deployed.installed.folder / "bin" / "python"), str(INSIDE), *PATHS],
            cwd=deployed.project,
            env=deployed.installed.variables(deployed.variables | {"PYTHONPATH": "."}),
            check=False,
            stdout=subprocess.DEVNULL,  # the log, which is part of the work
            stderr=subprocess.PIPE,
            text=True,
        )
    if done.returncode:
        sys.stderr.write(f"No figures: {done.stderr}")
        return 2
    found = json.loads(done.stderr.splitlines()[-1])
    sys.stdout.write("\n\n".join(table(PATHS[path], found[path]) for path in PATHS) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
