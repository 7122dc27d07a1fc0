"""Asks squawk (https://squawkhq.com/docs/rules), which knows the locks of PostgreSQL."""

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, cast

from migration_lint.findings import Finding
from migration_lint.offline import POSTGRESQL

LEFT_OUT = (
    # Types are the models' business.
    "prefer-bigint-over-int",
    "prefer-bigint-over-smallint",
    "prefer-text-field",
    # Django runs a migration once, in a transaction; what runs outside of one fails loudly.
    "prefer-robust-stmts",
    # guard's `migrate` sets the limits for the whole session.
    "require-lock-timeout",
    "require-statement-timeout",
    "require-timeout-settings",
    # Nothing that the release before writes is refused by a table that refuses less.
    "ban-drop-constraint",
    "ban-drop-not-null",
)
LONGEST = 160  # characters of a statement that are shown


def program() -> str:
    """Return the path of squawk: of this Python's environment, or of PATH."""
    found = shutil.which("squawk", path=Path(sys.executable).parent) or shutil.which("squawk")
    if found is None:
        sys.exit("squawk is missing: `./run migrations` installs it, it is in the group `dev`.")
    return found


def judge(scripts: list[str]) -> list[list[Finding]]:
    """Return what is wrong with each script."""
    if not scripts:
        return []
    with tempfile.TemporaryDirectory() as name:  # no settings of a user's own are read there
        files = [Path(name, f"{number}.sql") for number in range(len(scripts))]
        for file, script in zip(files, scripts, strict=True):
            # Its own comments would make exceptions without a reason.
            file.write_text(script.replace("squawk-ignore", "squawk"), "utf-8")
        version = f"--pg-version={POSTGRESQL // 10000}.0"
        command = [
            program(),
            "--reporter=json",
            version,
            *(f"--exclude={rule}" for rule in LEFT_OUT),
        ]
        done = subprocess.run(  # noqa: S603 - a fixed program
            [*command, *(file.name for file in files)],
            cwd=name,
            capture_output=True,
            check=False,
            text=True,
        )
    found: list[list[Finding]] = [[] for _ in scripts]
    for one in read(done):
        number = int(Path(one["file"]).stem)
        lines = scripts[number].splitlines()
        statement = lines[one["line"]][:LONGEST] if one["line"] < len(lines) else ""
        found[number].append(Finding(one["rule_name"], one["message"], statement=statement))
    return found


def read(done: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    """Return the findings, or exit with what squawk said instead."""
    try:
        return cast("list[dict[str, Any]]", json.loads(done.stdout))
    except ValueError:
        sys.exit(f"squawk failed with {done.returncode}:\n{done.stdout}{done.stderr}")
