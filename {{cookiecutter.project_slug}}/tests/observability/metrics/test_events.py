"""Security events become figures where they are logged."""

import logging

import pytest

from accounts.hash_pool import HashPool
from guard.events import Event, emit
from guard.exceptions import Busy
from observability import metrics
from observability.metrics_hooks import EventCounter
from observability.metrics_stand_ins import MeasuredHashPool
from tests.observability.metrics.conftest import Counted


@pytest.mark.parametrize("event", Event)
def test_each_event_is_counted_by_its_name(counted: Counted, event: Event) -> None:
    emit(event)
    assert counted("security_events_total", event=str(event)) == 1


@pytest.mark.parametrize(
    ("event", "scope", "rule"),
    [
        (Event.RATE_LIMITED, "user", "user"),
        (Event.RATE_LIMITED, "of an unknown kind", metrics.OTHER),
        (Event.LOGIN_LIMITED, None, "login"),
    ],
)
def test_what_a_limit_refused_is_counted_by_the_limit(
    counted: Counted, event: Event, scope: str | None, rule: str
) -> None:
    emit(event, scope=scope)
    assert counted("throttled_requests_total", rule=rule) == 1


def test_a_lost_store_shows_until_it_is_found(counted: Counted) -> None:
    emit(Event.STORE_LOST)
    assert counted("limit_store_lost") == 1
    emit(Event.STORE_FOUND)
    assert counted("limit_store_lost") == 0


def test_a_fault_in_counting_stops_nobody(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(logging, "raiseExceptions", True)
    record = logging.LogRecord("security", logging.INFO, "", 0, "no event", None, None)
    EventCounter().handle(record)
    assert "no event" in capsys.readouterr().err


def test_the_pool_of_passwords_counts_who_is_in_it_and_who_was_sent_away(counted: Counted) -> None:
    pool: HashPool = MeasuredHashPool(hashes=1, callers=1)
    with pool.place():
        assert pool.run(counted, "password_pool_places_in_use") == 1
        with pytest.raises(Busy):
            pool._threads.submit(pool.place().__enter__).result()  # noqa: SLF001 - another caller
    assert counted("password_pool_places_in_use") == 0
    assert counted("password_pool_refused_total") == 1
