"""Backups: a failed one removes nothing, an old one goes, a changed one is not restored.

PostgreSQL's programs are stand-ins here; docs/operations.md has the drill with the real ones.
"""

import os
import time
from pathlib import Path

import pytest

from tests.deploy.files import DEPLOY, run

BACKUP = DEPLOY / "backup" / "backup.sh"
RESTORE = DEPLOY / "backup" / "restore.sh"
DAY = 24 * 60 * 60

WRITES_A_DUMP = 'for word; do case $word in --file=*) echo dump >"${word#--file=}" ;; esac; done'


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """Stand-ins for PostgreSQL's programs, which note how they were called."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("pg_dump", "pg_restore", "psql", "createdb", "dropdb"):
        program = folder / name
        action = WRITES_A_DUMP if name == "pg_dump" else ""
        program.write_text(f'#!/bin/sh\necho {name} >>"$CALLS"\n{action}\n', "utf-8")
        program.chmod(0o755)
    return folder


@pytest.fixture
def environment(tmp_path: Path, programs: Path) -> dict[str, str]:
    """What the scripts read."""
    (tmp_path / "backups").mkdir()
    return {
        "PATH": f"{programs}:{os.environ['PATH']}",
        "CALLS": str(tmp_path / "calls"),
        "PGDATABASE": "service",
        "BACKUP_DIR": str(tmp_path / "backups"),
    }


def dumps(environment: dict[str, str]) -> list[Path]:
    return sorted(Path(environment["BACKUP_DIR"]).glob("*.dump"))


def leave_an_old_dump(environment: dict[str, str], days: int) -> Path:
    path = Path(environment["BACKUP_DIR"]) / "service-20200101T000000Z.dump"
    path.write_text("old", "utf-8")
    then = time.time() - days * DAY - 60
    os.utime(path, (then, then))
    return path


def test_a_dump_is_closed_to_others_and_has_a_checksum(environment: dict[str, str]) -> None:
    done = run("sh", BACKUP, **environment)
    assert done.returncode == 0, done.stderr
    (dump,) = dumps(environment)
    assert dump.stat().st_mode & 0o077 == 0
    assert dump.with_name(f"{dump.name}.sha256").is_file()


@pytest.mark.parametrize(("days", "kept"), [(13, True), (14, False)])
def test_a_dump_is_kept_for_its_days(environment: dict[str, str], days: int, *, kept: bool) -> None:
    old = leave_an_old_dump(environment, days)
    assert run("sh", BACKUP, **environment, BACKUP_KEEP_DAYS="14").returncode == 0
    assert old.exists() is kept


@pytest.mark.parametrize("broken", ["pg_dump", "pg_restore"])
def test_a_failed_backup_leaves_nothing_and_removes_nothing(
    environment: dict[str, str], programs: Path, broken: str
) -> None:
    old = leave_an_old_dump(environment, 100)
    with (programs / broken).open("a", encoding="utf-8") as program:
        program.write("exit 1\n")
    assert run("sh", BACKUP, **environment).returncode != 0
    assert list(Path(environment["BACKUP_DIR"]).iterdir()) == [old]


@pytest.mark.parametrize("days", ["0", "-1", "", "many", "1 -delete"])
def test_a_senseless_retention_is_refused(environment: dict[str, str], days: str) -> None:
    done = run("sh", BACKUP, **environment, BACKUP_KEEP_DAYS=days or "00")
    assert done.returncode == 2
    assert "BACKUP_KEEP_DAYS" in done.stderr


def test_a_whole_dump_is_restored(environment: dict[str, str]) -> None:
    run("sh", BACKUP, **environment)
    done = run("sh", RESTORE, dumps(environment)[0], "restored", **environment)
    assert done.returncode == 0, done.stderr


def test_a_changed_dump_is_not_restored(environment: dict[str, str]) -> None:
    run("sh", BACKUP, **environment)
    (dump,) = dumps(environment)
    dump.write_text("changed", "utf-8")
    Path(environment["CALLS"]).unlink()
    assert run("sh", RESTORE, dump, "restored", **environment).returncode == 1
    assert not Path(environment["CALLS"]).exists()


def test_a_failed_restore_leaves_no_half_database(
    environment: dict[str, str], programs: Path
) -> None:
    run("sh", BACKUP, **environment)
    with (programs / "pg_restore").open("a", encoding="utf-8") as program:
        program.write("exit 1\n")
    assert run("sh", RESTORE, dumps(environment)[0], "restored", **environment).returncode != 0
    assert Path(environment["CALLS"]).read_text("utf-8").split()[-1] == "dropdb"
