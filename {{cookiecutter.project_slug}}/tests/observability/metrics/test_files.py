"""The files of the counters: as many as places, of one size, and nothing stays behind."""

import errno
import fcntl
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from config.settings.paths import BASE_DIR
from observability.metrics_files import PREFIX, SIZES, VARIABLE, forget_the_dead, make_folder
from observability.metrics_server import Exposition

# The life of a process: it counts, says where it lives, and dies when it is told to.
COUNTING = """
from observability.metrics_files import place
from prometheus_client import Counter, Gauge, values
values.ValueClass = values.MultiProcessValue(place)
Counter("one", "Lives.").inc()
Gauge("threads", "Of the living.", multiprocess_mode="livesum").inc(4)
"""
COUNTING_MUCH = """
from observability import metrics
from observability.metrics_files import place
for number in range(3000):
    metrics.count_request(f"/{number:x<98}", "OPTIONS", "200", 0.1)
    metrics.count_request(f"/{number % 99}", "OPTIONS", str(200 + number % 40), 0.1)
"""
DYING = """
import os, signal, sys
print(place(), flush=True)
sys.stdin.readline()
os.kill(os.getpid(), signal.SIGKILL)
"""


class Life:
    """A process that counts."""

    def __init__(self, folder: Path, program: str = COUNTING) -> None:
        self.process = subprocess.Popen(  # noqa: S603 - our own code
            [sys.executable, "-c", program + DYING],
            cwd=BASE_DIR,
            env=os.environ | {VARIABLE: str(folder)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout
        self.place = self.process.stdout.readline().strip()

    def end(self) -> None:
        """Kill it."""
        self.process.communicate("\n", timeout=60)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return make_folder(workers=1)


def sizes(folder: Path) -> dict[str, int]:
    return {file.name: file.stat().st_size for file in folder.glob("*.db")}


def exposed(folder: Path) -> str:
    return Exposition(folder).read().decode()


def test_a_place_goes_on_where_its_dead_process_stopped(folder: Path) -> None:
    lives = [Life(folder), Life(folder)]
    assert [life.place for life in lives] == ["0", "1"]
    assert "threads 8.0" in exposed(folder)
    lives[0].end()
    assert "one_total 2.0" in exposed(folder)
    assert "threads 4.0" in exposed(folder)
    lives[0] = Life(folder)
    lives[1].end()
    lives[1] = Life(folder)  # before anybody has asked
    assert [life.place for life in lives] == ["0", "1"]
    assert "one_total 4.0" in exposed(folder)
    assert "threads 8.0" in exposed(folder)
    for life in lives:
        life.end()
    assert "one_total 4.0" in exposed(folder)
    assert "threads" not in exposed(folder)
    assert len(sizes(folder)) == len(SIZES) * 3


def test_files_are_taken_whole_and_never_grow(folder: Path) -> None:
    taken = sizes(folder)
    assert taken == {f"{kind}_{n}.db": size for n in range(3) for kind, size in SIZES.items()}
    assert all(file.stat().st_blocks * 512 >= file.stat().st_size for file in folder.glob("*.db"))
    Life(folder, COUNTING_MUCH).end()
    assert sizes(folder) == taken
    assert 'http_requests_total{method="other",route="other",status="200"}' in exposed(folder)


def test_a_start_removes_what_the_dead_have_left_and_nothing_else(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inhabited = Life(folder)
    left = folder.parent / f"{PREFIX}left"
    left.mkdir()
    (left / "0.lock").touch()
    monkeypatch.setattr(os, "geteuid", lambda: left.stat().st_uid + 1)
    make_folder(workers=1)
    assert left.exists()  # it belongs to somebody else
    monkeypatch.undo()
    monkeypatch.setattr(tempfile, "tempdir", str(folder.parent))
    make_folder(workers=1)
    assert not left.exists()
    assert folder.exists()
    inhabited.end()
    make_folder(workers=1)
    assert not folder.exists()


def test_the_folder_is_for_its_owner_only_and_locked(folder: Path) -> None:
    assert folder.stat().st_mode & 0o777 == 0o700
    again = os.open(folder, os.O_RDONLY)
    with pytest.raises(BlockingIOError):
        fcntl.flock(again, fcntl.LOCK_EX | fcntl.LOCK_NB)
    os.close(again)


def test_looking_for_the_dead_leaves_the_living_alone(folder: Path) -> None:
    life = Life(folder)
    forget_the_dead(folder)
    assert "threads 4.0" in exposed(folder)
    life.end()


def test_no_room_is_said_before_anybody_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(os, "posix_fallocate", full)
    with pytest.raises(OSError, match="No space left"):
        make_folder(workers=1)
