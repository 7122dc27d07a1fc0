"""Backups: a failed one removes nothing, an old one goes, a changed one is not restored."""

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.deploy.files import DEPLOY, run

BACKUP = DEPLOY / "backup" / "backup.sh"
RESTORE = DEPLOY / "backup" / "restore.sh"
DAY = 24 * 60 * 60
PATIENCE = 30  # seconds


def leave_an_old_dump(backups: Path, days: int) -> Path:
    path = backups / "service-20200101T000000Z.dump"
    path.write_text("old", "utf-8")
    then = time.time() - days * DAY - 60
    os.utime(path, (then, then))
    return path


def append(program: Path, line: str) -> None:
    with program.open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")


def test_a_dump_is_closed_to_others_and_has_a_checksum(
    environment: dict[str, str], backups: Path
) -> None:
    done = run("sh", BACKUP, **environment)
    assert done.returncode == 0, done.stderr
    files = {path.suffix: path for path in backups.iterdir()}
    assert files.keys() == {".dump", ".contents", ".sha256"}
    assert not [path for path in files.values() if path.stat().st_mode & 0o077]
    sums = files[".sha256"].read_text("utf-8").split()
    assert sums[1::2] == [files[".dump"].name, files[".contents"].name]


@pytest.mark.parametrize(("days", "kept"), [(13, True), (14, False)])
def test_a_dump_is_kept_for_its_days(
    environment: dict[str, str], backups: Path, days: int, *, kept: bool
) -> None:
    old = leave_an_old_dump(backups, days)
    assert run("sh", BACKUP, **environment, BACKUP_KEEP_DAYS="14").returncode == 0
    assert old.exists() is kept


@pytest.mark.parametrize("broken", ["pg_dump", "pg_restore", "psql"])
def test_a_failed_backup_leaves_nothing_and_removes_nothing(
    environment: dict[str, str], programs: Path, backups: Path, broken: str
) -> None:
    old = leave_an_old_dump(backups, 100)
    append(programs / broken, "exit 1")
    assert run("sh", BACKUP, **environment).returncode != 0
    assert list(backups.iterdir()) == [old]


def test_a_backup_whose_rows_were_not_all_counted_is_none(
    environment: dict[str, str], backups: Path
) -> None:
    counted = Path(environment["BACKED_UP"])
    counted.write_text(counted.read_text("utf-8").removesuffix("end\n"), "utf-8")
    assert run("sh", BACKUP, **environment).returncode != 0
    assert not list(backups.iterdir())


def test_an_interrupted_backup_ends_its_programs_and_leaves_nothing(
    environment: dict[str, str], programs: Path, backups: Path, tmp_path: Path
) -> None:
    append(programs / "pg_dump", f"echo $$ >{tmp_path}/dumping\nexec sleep {10 * PATIENCE}")
    backup = subprocess.Popen(["sh", BACKUP], env=environment)  # noqa: S603, S607 - our own script
    deadline = time.monotonic() + PATIENCE
    dumping = tmp_path / "dumping"
    while not (dumping.exists() and dumping.read_text("utf-8")) and time.monotonic() < deadline:
        time.sleep(0.02)
    backup.send_signal(signal.SIGTERM)
    assert backup.wait(PATIENCE) != 0
    assert not list(backups.iterdir())
    while Path("/proc", dumping.read_text("utf-8").strip()).exists():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_what_a_killed_backup_left_is_removed_a_day_later(
    environment: dict[str, str], backups: Path
) -> None:
    left, running = backups / ".part.left", backups / ".part.running"
    left.mkdir()
    running.mkdir()
    then = time.time() - DAY - 60
    os.utime(left, (then, then))
    assert run("sh", BACKUP, **environment).returncode == 0
    assert not left.exists()
    assert running.exists()


@pytest.mark.parametrize("days", ["0", "-1", "", "many", "1 -delete"])
def test_a_senseless_retention_is_refused(environment: dict[str, str], days: str) -> None:
    done = run("sh", BACKUP, **environment, BACKUP_KEEP_DAYS=days or "00")
    assert done.returncode == 2
    assert "BACKUP_KEEP_DAYS" in done.stderr


def test_a_whole_dump_is_restored(environment: dict[str, str], backups: Path) -> None:
    run("sh", BACKUP, **environment)
    done = run("sh", RESTORE, *backups.glob("*.dump"), "restored", **environment)
    assert done.returncode == 0, done.stderr


def test_a_changed_dump_is_not_restored(environment: dict[str, str], backups: Path) -> None:
    run("sh", BACKUP, **environment)
    (dump,) = backups.glob("*.dump")
    dump.write_text("changed", "utf-8")
    Path(environment["CALLS"]).unlink()
    assert run("sh", RESTORE, dump, "restored", **environment).returncode == 1
    assert not Path(environment["CALLS"]).exists()


def test_a_failed_restore_leaves_no_half_database(
    environment: dict[str, str], programs: Path, backups: Path
) -> None:
    run("sh", BACKUP, **environment)
    append(programs / "pg_restore", "exit 1")
    (dump,) = backups.glob("*.dump")
    assert run("sh", RESTORE, dump, "restored", **environment).returncode != 0
    assert Path(environment["CALLS"]).read_text("utf-8").split()[-1] == "dropdb"
