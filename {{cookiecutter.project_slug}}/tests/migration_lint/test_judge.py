"""Migrations of this service pass; one that is dangerous needs a reason."""

from pathlib import Path

import pytest
from django.db import migrations, models
from django.db.migrations.operations.base import Operation

from migration_lint import judge, squawk
from migration_lint.__main__ import PROJECT
from migration_lint.statements import Written, written
from tests.migration_lint.test_kinds import column, migration, sql

DROP = migrations.RemoveField("item", "count")
RULE = "ban-drop-column"
REASON = "no code has read it since release 14"


def judged(
    monkeypatch: pytest.MonkeyPatch, folder: Path, source: str, *operations: Operation
) -> list[str]:
    """Return the rules that a migration with this text and these operations breaks."""
    changes = operations or (DROP,)
    file = folder / "0002_change.py"
    file.write_text(source, "utf-8")
    one = Written(migration(*changes), file, sql(*changes))
    monkeypatch.setattr(judge, "written", lambda _: [one])
    return [found.rule for findings in judge.faults(folder).values() for found in findings]


def test_the_migrations_of_this_service_are_safe() -> None:
    assert judge.faults(PROJECT) == {}


def test_every_migration_of_this_service_is_judged() -> None:
    files = set(PROJECT.glob("*/migrations/0*.py"))
    assert {one.file for one in written(PROJECT)} == files != set()


def test_a_dangerous_one_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert judged(monkeypatch, tmp_path, "") == [RULE]


@pytest.mark.parametrize("rule", [RULE, "all"])
def test_a_reason_makes_an_exception(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, rule: str
) -> None:
    source = f"class Migration:\n    # migration-lint: allow {rule}: {REASON}\n"
    assert judged(monkeypatch, tmp_path, source) == []


@pytest.mark.parametrize("reason", ["", ":", ": short", f" {REASON}"])
def test_an_exception_without_a_reason_is_none(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, reason: str
) -> None:
    source = f"# migration-lint: allow {RULE}{reason}"
    assert judged(monkeypatch, tmp_path, source) == [RULE, "no-reason"]


def test_an_exception_is_for_one_rule(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    source = f"# migration-lint: allow renaming-column: {REASON}"
    assert judged(monkeypatch, tmp_path, source) == [RULE, "unused-exception"]


@pytest.mark.parametrize("rule", [RULE, "all"])
def test_an_exception_that_nothing_needs_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, rule: str
) -> None:
    source, safe = f"# migration-lint: allow {rule}: {REASON}", models.IntegerField(null=True)
    assert judged(monkeypatch, tmp_path, source, column("size", safe)) == ["unused-exception"]


def test_rows_are_not_changed_under_the_locks_of_a_schema(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    safe = column("size", models.IntegerField(null=True))
    rows = migrations.RunPython(migrations.RunPython.noop)
    assert judged(monkeypatch, tmp_path, "", safe, rows) == ["rows-with-schema"]


def test_an_answer_that_cannot_be_read_is_no_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(squawk, "LEFT_OUT", ("no-such-rule",))
    with pytest.raises(SystemExit, match="squawk failed"):
        squawk.judge(["SELECT 1;"])
