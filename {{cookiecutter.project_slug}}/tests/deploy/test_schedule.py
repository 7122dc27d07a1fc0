"""The schedule of backups: a failed one is tried again, and a stop leaves nothing behind."""

import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.deploy.files import DEPLOY

SCHEDULE = DEPLOY / "backup" / "schedule.sh"
PATIENCE = 30  # seconds


@contextmanager
def scheduled(environment: dict[str, str], **intervals: str) -> Iterator[subprocess.Popen[bytes]]:
    with Path(environment["CALLS"]).with_name("said").open("wb") as said:
        schedule = subprocess.Popen(  # noqa: S603 - our own script
            ["sh", SCHEDULE],  # noqa: S607
            env=environment | intervals,
            stderr=said,
        )
    try:
        yield schedule
    finally:
        schedule.terminate()
        schedule.wait(PATIENCE)


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def dumps_begun(environment: dict[str, str]) -> int:
    calls = Path(environment["CALLS"])
    return calls.read_text("utf-8").split().count("pg_dump") if calls.exists() else 0


def test_a_failed_backup_is_tried_again_and_a_good_one_is_not(
    environment: dict[str, str], programs: Path, backups: Path, tmp_path: Path
) -> None:
    failed = tmp_path / "failed"
    fails_once = f"if ! [ -e {failed} ]; then : >{failed}; exit 1; fi\n"
    with (programs / "pg_dump").open("a", encoding="utf-8") as program:
        program.write(fails_once)
    with scheduled(
        environment, BACKUP_RETRY_SECONDS="0", BACKUP_INTERVAL_SECONDS="3600"
    ) as schedule:
        wait_for(lambda: bool(list(backups.glob("*.dump"))))
        time.sleep(0.2)  # in which a second one would have begun
        schedule.send_signal(signal.SIGTERM)
        assert schedule.wait(PATIENCE) == 0
    assert dumps_begun(environment) == 2
    assert "backup: failed" in (tmp_path / "said").read_text("utf-8")


def test_a_stop_ends_the_backup_that_is_being_made_and_waits_until_it_cleaned_up(
    environment: dict[str, str], programs: Path, backups: Path
) -> None:
    with (programs / "pg_dump").open("a", encoding="utf-8") as program:
        program.write(f"exec sleep {10 * PATIENCE}\n")
    with scheduled(environment) as schedule:
        wait_for(lambda: dumps_begun(environment) == 1)
        schedule.send_signal(signal.SIGTERM)
        assert schedule.wait(PATIENCE) == 0
        assert not list(backups.iterdir())
