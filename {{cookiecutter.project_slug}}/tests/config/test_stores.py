"""A store that cannot be worked with is one line: what is wrong, what to do, and no secret."""

from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.db.utils import ConnectionHandler
from pytest_django import Settings

from config import parsers
from config.settings.database import persistent
from config.start import collect_static_files
from config.stores import NAMED, database_fault, reason, redis_fault
from tests.config.production_env import PRODUCTION, run

NOWHERE = "127.0.0.1:1"


def fault_of(database_url: str) -> str:
    databases = {"default": persistent(parsers.postgresql(database_url))}
    fault = database_fault(ConnectionHandler(databases)["default"])
    assert fault
    return fault


@pytest.mark.django_db
def test_a_database_that_is_not_there_is_named_with_the_cause() -> None:
    fault = fault_of(f"postgresql://service:hunter2@{NOWHERE}/service")
    assert fault.startswith("DATABASE_URL: no connection to the database: ")
    assert "port 1 failed" in fault
    assert "put the right host" in fault
    assert "hunter2" not in fault
    assert "\n" not in fault


def test_a_redis_that_is_not_there_is_named_with_the_cause() -> None:
    fault = redis_fault(f"redis://service:hunter2@{NOWHERE}/0")
    assert fault
    assert fault.startswith("REDIS_URL: Redis does not answer: ")
    assert NOWHERE in fault
    assert "hunter2" not in fault
    assert "\n" not in fault


def test_counters_in_the_process_need_no_redis() -> None:
    assert redis_fault("memory://") is None


@pytest.mark.parametrize("said", ["no user hunter2", f"{'x ' * 147}hunter2 and more", "a\nb"])
def test_what_a_driver_says_is_one_line_without_the_secret(said: str) -> None:
    found = reason(OSError(said), "hunter2")
    assert "hunter" not in found
    assert "\n" not in found


@pytest.mark.django_db
def test_a_database_with_all_migrations_has_no_fault() -> None:
    assert database_fault(connection) is None


@pytest.mark.django_db
def test_migrations_that_are_missing_are_named() -> None:
    MigrationRecorder(connection).record_unapplied("sessions", "0001_initial")
    fault = database_fault(connection)
    assert fault
    assert "lacks 1 of the migrations (sessions.0001_initial)" in fault
    assert "python manage.py migrate" in fault


@pytest.mark.django_db
def test_an_empty_database_is_told_in_one_line() -> None:
    MigrationRecorder(connection).migration_qs.all().delete()
    fault = database_fault(connection)
    assert fault
    assert fault.count(".0") == NAMED
    assert ", ...)" in fault


@pytest.mark.django_db
def test_a_database_ahead_of_the_code_is_accepted() -> None:
    MigrationRecorder(connection).record_applied("accounts", "0099_of_the_next_release")
    assert database_fault(connection) is None


def test_the_server_names_both_stores_and_ends() -> None:
    answer = run("-m", "config.server", **PRODUCTION)
    assert answer.returncode == 1
    assert not answer.stdout
    assert [line.partition(":")[0] for line in answer.stderr.splitlines()] == [
        "DATABASE_URL",
        "REDIS_URL",
    ]


def test_static_files_that_cannot_be_collected_are_told_in_one_line(
    tmp_path: Path, settings: Settings
) -> None:
    settings.STATIC_ROOT = tmp_path / "file" / "static"
    (tmp_path / "file").touch()
    with pytest.raises(SystemExit, match=r"^Static files cannot be collected in .* Run `python"):
        collect_static_files()
