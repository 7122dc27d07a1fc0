"""Timestamps are read as Django reads them, by psycopg's compiled loader."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db.backends.postgresql.psycopg_any import BaseTzLoader
from psycopg import DataError, pq

from config.postgresql.base import DatabaseWrapper
from config.postgresql.timestamps import TIMESTAMPTZ, UtcLoader


def loader(time_zone: str | None) -> Any:
    """Return what a connection with this time zone reads timestamps by."""
    wrapper: Any = DatabaseWrapper(
        {"NAME": "service", "USER": "", "PASSWORD": "", "HOST": "", "PORT": "", "OPTIONS": {}}
        | {"TIME_ZONE": time_zone}
    )
    adapters = wrapper.get_connection_params()["context"].adapters
    return adapters.get_loader(TIMESTAMPTZ, pq.Format.TEXT)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        (b"2026-11-29 10:00:00+00", datetime(2026, 11, 29, 10, tzinfo=UTC)),
        (b"0001-01-01 00:00:00.000001+00", datetime(1, 1, 1, 0, 0, 0, 1, tzinfo=UTC)),
        (b"9999-12-31 23:59:59.9+00", datetime(9999, 12, 31, 23, 59, 59, 900_000, tzinfo=UTC)),
    ],
)
def test_a_time_is_read_as_django_reads_it(text: bytes, moment: datetime) -> None:
    found = loader(None)(TIMESTAMPTZ, None).load(text)
    assert found == moment
    assert found.tzinfo is UTC


@pytest.mark.parametrize("text", [b"infinity", b"0044-03-15 12:00:00+00 BC", b"10000-01-01+00"])
def test_what_python_cannot_express_is_an_error_of_the_database(text: bytes) -> None:
    with pytest.raises(DataError):
        loader(None)(TIMESTAMPTZ, None).load(text)


def test_djangos_cursors_leave_it_in_place() -> None:
    assert loader(None) is UtcLoader
    assert UtcLoader.timezone is UTC


def test_another_time_zone_is_djangos_own_matter() -> None:
    found = loader("Europe/Rome")
    assert issubclass(found, BaseTzLoader)
    assert found.timezone == ZoneInfo("Europe/Rome")
