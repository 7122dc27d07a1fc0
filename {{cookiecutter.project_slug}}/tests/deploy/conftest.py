"""Stand-ins for PostgreSQL's programs: what the scripts do around them is tried here.

docs/operations.md has the drill with the real ones.
"""

import os
from pathlib import Path

import pytest

ROWS = "table\tpublic.first\t2\tab\ntable\tpublic.second\t7\tcd\nsequence\tpublic.ids\t8\t\nend\n"
ACTIONS = {
    "createdb": "",
    "dropdb": "",
    "pg_dump": 'for word; do case $word in --file=*) echo dump >"${word#--file=}" ;; esac; done',
    "pg_restore": "",
    # What is counted, and of a script on standard input the lines that run a program, which may
    # fail without a word.
    "psql": r"""case $* in
    *contents=*) cat "$BACKED_UP"; sed -n 's/^\\! //p' | sh || : ;;
    *contents.sql*) cat "$RESTORED" ;;
    esac""",
}


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """Stand-ins that note how they were called."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name, action in ACTIONS.items():
        program = folder / name
        program.write_text(f'#!/bin/sh\necho {name} >>"$CALLS"\n{action}\n', "utf-8")
        program.chmod(0o755)
    return folder


@pytest.fixture
def environment(tmp_path: Path, programs: Path) -> dict[str, str]:
    """What the scripts read."""
    (tmp_path / "backups").mkdir()
    (tmp_path / "temporary").mkdir()
    for name in ("backed_up", "restored"):
        (tmp_path / name).write_text(ROWS, "utf-8")
    return {
        "PATH": f"{programs}:{os.environ['PATH']}",
        "CALLS": str(tmp_path / "calls"),
        "BACKED_UP": str(tmp_path / "backed_up"),
        "RESTORED": str(tmp_path / "restored"),
        "PGDATABASE": "service",
        "BACKUP_DIR": str(tmp_path / "backups"),
        "TMPDIR": str(tmp_path / "temporary"),
    }


@pytest.fixture
def backups(environment: dict[str, str]) -> Path:
    """Where backups lie."""
    return Path(environment["BACKUP_DIR"])
