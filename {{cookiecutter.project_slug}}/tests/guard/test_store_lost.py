"""Redis is gone: logins wait for it, all else goes on with a limit in each process."""

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from rest_framework.test import APIClient

from accounts.models import User
from guard.limits import counters
from guard.limits.process_store import ProcessStore
from guard.limits.redis_store import RedisStore, StoreLostError
from guard.limits.rules import Rate, Rule, State
from tests.accounts.doors import Door, at_every_door
from tests.conftest import ME, PASSWORD, Caller, SetRates
from tests.lines import Lines

NOWHERE = "redis://127.0.0.1:1/0"  # a port that nobody listens on
RULE = Rule("anon", "one", Rate(9, 60))


class Store(ProcessStore):
    """A store that may be lost."""

    lost = False
    asked = 0

    def __init__(self) -> None:
        super().__init__()
        self.probed: list[bool] = []

    def as_asked(self, *, probe: bool = False) -> "Store":
        """Remember how it is asked."""
        self.probed.append(probe)
        return self

    def take(self, rules: Sequence[Rule]) -> list[State]:
        """Fail like one that does not answer."""
        self.asked += 1
        if self.lost:
            raise StoreLostError
        return super().take(rules)


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Store:
    """A store that is asked again at once after it was lost."""
    store = Store()
    monkeypatch.setattr(counters, "shared_store", store.as_asked)
    monkeypatch.setattr(counters, "PAUSE", 0)
    return store


@pytest.fixture
def _nobody_listens(monkeypatch: pytest.MonkeyPatch) -> None:
    store = RedisStore(NOWHERE, counters.PATIENCE)
    monkeypatch.setattr(counters, "shared_store", lambda **_: store)


@at_every_door
@pytest.mark.usefixtures("_nobody_listens")
def test_no_password_is_tried_while_tries_cannot_be_counted(
    client: APIClient, staff: User, door: Door
) -> None:
    answer = door.knock(client, "staff", PASSWORD)
    assert answer.status_code == 503
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["Retry-After"] == "1"


@pytest.mark.usefixtures("_nobody_listens")
def test_all_else_goes_on_with_a_limit_in_the_process(
    client: APIClient, call_as: Caller, anna: User, set_rates: SetRates
) -> None:
    set_rates(anon="3/hour", user="2/hour")
    caller = call_as(anna)
    assert [caller.get(ME).status_code for _ in range(4)] == [200] * 2 + [429] * 2
    assert [client.get("/").status_code for _ in range(5)] == [200] * 3 + [429] * 2


def test_loss_and_return_are_one_event_each_and_need_no_restart(
    client: APIClient, db: None, store: Store, events: Lines
) -> None:
    for lost in (False, True, False):
        store.lost = lost
        assert {client.get("/").status_code for _ in range(5)} == {200}
    assert events.names == ["sys_limit_store_lost", "sys_limit_store_restored"]


def test_logins_work_again_once_the_store_is_back(
    client: APIClient, anna: User, store: Store
) -> None:
    credentials = {"username": "anna", "password": PASSWORD}
    for lost, status in ((True, 503), (False, 201)):
        store.lost = lost
        assert client.post("/api/v1/auth/tokens/", credentials).status_code == status


def test_a_lost_store_is_asked_once_a_pause(
    store: Store, monkeypatch: pytest.MonkeyPatch, events: Lines
) -> None:
    monkeypatch.setattr(counters, "PAUSE", 3600)
    store.lost = True
    for _ in range(5):
        counters.take(RULE)
    assert (store.asked, events.names) == (1, ["sys_limit_store_lost"])
    counters.breaker.next_try = 0
    counters.take(RULE)
    assert store.asked == 2


def test_a_lost_store_is_asked_with_less_patience(store: Store) -> None:
    for lost in (False, True, True, False, False):
        store.lost = lost
        counters.take(RULE)
    assert store.probed == [False, False, True, True, False]
    assert counters.PROBE_PATIENCE < counters.PATIENCE


def test_what_was_counted_in_a_lost_store_is_not_given_back_elsewhere(store: Store) -> None:
    counters.take(RULE)
    store.lost = True
    assert [state.used for state in counters.take(RULE)] == [1]
    counters.give_back(RULE)
    assert [state.used for state in counters.take(RULE)] == [2]


def test_callers_that_find_it_lost_at_once_are_one_event(events: Lines) -> None:
    with ThreadPoolExecutor(4) as threads:
        with counters.breaker.lock:
            found = [threads.submit(counters.breaker.note, lost=True) for _ in range(4)]
            while not all(each.running() for each in found):
                time.sleep(0.01)
            time.sleep(0.1)  # all have seen that it was not lost, and wait
        for each in found:
            each.result()
    assert events.names == ["sys_limit_store_lost"]
