"""A dump that is not what was backed up is refused, or found out by the drill."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.backups.cluster import Cluster
from tests.backups.conftest import BACKUP, DRILL, RESTORE, Taken

DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "half of it": lambda whole: whole[: len(whole) // 2],
    "its last bytes missing": lambda whole: whole[:-1000],
    "one bit flipped": lambda whole: whole[:-1000] + bytes([whole[-1000] ^ 1]) + whole[-999:],
}
# What another dump of the same database lost, and what the drill says of it.
CHANGES = {
    "table public.notes_note": ("DELETE FROM notes_note WHERE title = '77'", "DIFFERENT"),
    "table public.accounts_user": (
        "UPDATE accounts_user SET email = 'x' WHERE username = 'bob'",
        "CHANGED",
    ),
    "table public.django_admin_log": ("DROP TABLE django_admin_log", "MISSING"),
    "all indexes": ("DROP INDEX notes_of_owner", "DIFFERENT"),
    "sequence public.django_content_type_id_seq": (
        "SELECT setval('django_content_type_id_seq', 1)",
        "DIFFERENT",
    ),
    "table public.django_content_type": ("SELECT", "equal"),
}


@pytest.fixture
def copy(taken: Taken, tmp_path: Path) -> Path:
    """Return a copy of the backup."""
    for file in taken.dump.parent.iterdir():
        shutil.copy(file, tmp_path)
    return tmp_path / taken.dump.name


def sign(dump: Path) -> None:
    """Write the checksums anew, as somebody does who can write to the backups."""
    files = (dump, dump.with_suffix(".contents"))
    lines = [f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in files]
    dump.with_suffix(".sha256").write_text("".join(lines))


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_dump_is_refused(target: Cluster, copy: Path, damage: str) -> None:
    before = target.databases()
    copy.write_bytes(DAMAGES[damage](copy.read_bytes()))
    for script in ((RESTORE, copy, "damaged"), (DRILL, copy)):
        done = target.script(*script)
        assert done.returncode == 1
        assert "is not what was backed up" in done.stderr
    assert target.databases() == before


def test_half_a_dump_with_a_right_checksum_leaves_no_half_database(
    target: Cluster, copy: Path
) -> None:
    before = target.databases()
    copy.write_bytes(DAMAGES["half of it"](copy.read_bytes()))
    sign(copy)
    assert target.script(RESTORE, copy, "half").returncode != 0
    assert target.script(DRILL, copy).returncode != 0
    assert target.databases() == before


@pytest.mark.usefixtures("restored")
def test_half_a_dump_is_never_kept(target: Cluster, tmp_path: Path) -> None:
    # A disk that loses the end of a file, and says nothing.
    program, backups = tmp_path / "pg_dump", tmp_path / "backups"
    half = 'file=$part/dump; truncate --size=$(($(stat -c %s "$file") / 2)) "$file"'
    program.write_text(f'#!/bin/sh\n"{target.programs}/pg_dump" "$@" && {half}\n')
    program.chmod(0o755)
    backups.mkdir()
    path = f"{tmp_path}:{target.environment()['PATH']}"
    done = target.script(BACKUP, PATH=path, PGDATABASE="restored", BACKUP_DIR=str(backups))
    assert done.returncode != 0
    assert not list(backups.iterdir())


def test_a_database_that_exists_is_not_touched(target: Cluster, copy: Path, restored: str) -> None:
    count = "SELECT count(*) FROM notes_note"
    before = target.rows(count, restored)
    assert target.script(RESTORE, copy, restored).returncode != 0
    assert target.rows(count, restored) == before


def test_the_drill_finds_each_difference_and_no_other(target: Cluster, copy: Path) -> None:
    before = target.databases()
    assert target.script(RESTORE, copy, "changed").returncode == 0
    try:
        environment = target.environment(PGDATABASE="changed")
        changes = [f"--command={statement}" for statement, _ in CHANGES.values()]
        for command in (
            ["psql", "--quiet", "--set=ON_ERROR_STOP=1", *changes],
            ["pg_dump", "--format=custom", f"--file={copy}"],
        ):
            subprocess.run(command, env=environment, check=True, capture_output=True)
    finally:
        subprocess.run(["dropdb", "changed"], env=target.environment(), check=True)
    sign(copy)
    done = target.script(DRILL, copy)
    assert done.returncode == 1, done.stdout
    lines = done.stdout.splitlines()
    for name, (_, verdict) in CHANGES.items():
        (line,) = [line for line in lines if line.startswith(f"{name} ")]
        assert f" {verdict} " in line
    assert target.databases() == before
