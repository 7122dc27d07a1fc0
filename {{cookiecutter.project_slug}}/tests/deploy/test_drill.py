"""The restore drill: says what it compared, finds any difference, and leaves no database."""

from pathlib import Path

import pytest

from tests.deploy.conftest import ROWS
from tests.deploy.files import DEPLOY, run

BACKUP = DEPLOY / "backup" / "backup.sh"
DRILL = DEPLOY / "backup" / "drill.sh"

DIFFERENCES = {
    "a lost row": ("first\t2\tab", "first\t1\tab", "DIFFERENT"),
    "a changed row": ("second\t7\tcd", "second\t7\tce", "CHANGED"),
    "a missing table": ("table\tpublic.first\t2\tab\n", "", "MISSING"),
    "a table too many": ("end", "table\tpublic.third\t0\tef\nend", "UNEXPECTED"),
    "a sequence that went back": ("ids\t8", "ids\t7", "DIFFERENT"),
    "a list that is cut off": ("end\n", "", "not whole"),
}


@pytest.fixture
def dump(environment: dict[str, str], backups: Path) -> Path:
    """A backup."""
    assert run("sh", BACKUP, **environment).returncode == 0
    (path,) = backups.glob("*.dump")
    return path


def calls(environment: dict[str, str]) -> list[str]:
    return Path(environment["CALLS"]).read_text("utf-8").split()


@pytest.mark.usefixtures("dump")
def test_what_is_equal_is_listed_and_the_database_dropped(environment: dict[str, str]) -> None:
    done = run("sh", DRILL, **environment)
    assert done.returncode == 0, done.stderr
    for name in ("table public.first", "table public.second", "sequence public.ids"):
        assert any(line.startswith(name) and "equal" in line for line in done.stdout.splitlines())
    assert calls(environment)[-1] == "dropdb"
    assert not list(Path(environment["TMPDIR"]).iterdir())


@pytest.mark.usefixtures("dump")
@pytest.mark.parametrize("what", DIFFERENCES)
def test_a_difference_is_found(environment: dict[str, str], what: str) -> None:
    old, new, verdict = DIFFERENCES[what]
    Path(environment["RESTORED"]).write_text(ROWS.replace(old, new), "utf-8")
    done = run("sh", DRILL, **environment)
    assert done.returncode == 1
    assert verdict in done.stdout
    assert calls(environment)[-1] == "dropdb"


@pytest.mark.usefixtures("dump")
def test_a_sequence_may_be_ahead(environment: dict[str, str]) -> None:
    Path(environment["RESTORED"]).write_text(ROWS.replace("ids\t8", "ids\t12"), "utf-8")
    assert run("sh", DRILL, **environment).returncode == 0


@pytest.mark.parametrize("changed", [".dump", ".contents"])
def test_what_was_changed_is_not_even_restored(
    environment: dict[str, str], dump: Path, changed: str
) -> None:
    dump.with_suffix(changed).write_text("changed", "utf-8")
    before = calls(environment)
    assert run("sh", DRILL, **environment).returncode == 1
    assert calls(environment) == before


def test_the_newest_is_taken(environment: dict[str, str], dump: Path) -> None:
    for suffix in (".dump", ".contents", ".sha256"):
        dump.with_name(f"service-20200101T000000Z{suffix}").write_text("older", "utf-8")
    assert dump.name in run("sh", DRILL, **environment).stdout


def test_no_backup_is_a_failed_drill(environment: dict[str, str]) -> None:
    done = run("sh", DRILL, **environment)
    assert done.returncode == 1
    assert "no dump" in done.stderr
