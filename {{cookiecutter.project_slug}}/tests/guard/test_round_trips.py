"""How often a request asks the store of the limits: once."""

from collections.abc import Sequence

import pytest
from rest_framework.test import APIClient

from accounts.models import User
from guard.limits import counters
from guard.limits.process_store import ProcessStore
from guard.limits.rules import Rule, State
from tests.accounts.logins import bearing, every_login
from tests.conftest import ME, PASSWORD, Caller, SetRates

pytestmark = [pytest.mark.urls("tests.guard.urls"), pytest.mark.django_db]

TOKENS = "/api/v1/auth/tokens/"
REPORTS = "/api/test/reports/"


class Store(ProcessStore):
    """Remembers what it is asked."""

    def __init__(self) -> None:
        super().__init__()
        self.steps: list[list[str]] = []

    def take(self, rules: Sequence[Rule]) -> list[State]:
        """Note a step."""
        self.steps.append(sorted(rule.scope for rule in rules))
        return super().take(rules)

    def give_back(self, rules: Sequence[Rule]) -> None:
        """Note what is given back."""
        self.steps.append(["back", *sorted(rule.scope for rule in rules)])
        super().give_back(rules)


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Store:
    store = Store()
    monkeypatch.setattr(counters, "shared_store", lambda **_: store)
    return store


def test_a_stranger_costs_one(client: APIClient, store: Store) -> None:
    client.get(ME)
    assert store.steps == [["anon"]]


def test_a_known_caller_costs_one(anna: User, store: Store) -> None:
    for caller in every_login(anna).values():
        store.steps.clear()
        assert caller.get(ME).status_code == 200
        assert store.steps == [["anon", "user"]]


def test_any_number_of_rules_of_a_view_costs_no_more(
    call_as: Caller, anna: User, store: Store, set_rates: SetRates
) -> None:
    set_rates(reports="5/minute")
    call_as(anna).get(REPORTS)
    assert store.steps == [["anon", "reports", "user"]]


def test_a_wrong_credential_costs_one(client: APIClient, store: Store) -> None:
    client.get(ME, HTTP_AUTHORIZATION="Token nonsense")
    assert store.steps == [["anon"]]


def test_a_refusal_costs_one(client: APIClient, store: Store, set_rates: SetRates) -> None:
    set_rates(anon="1/hour")
    client.get(ME)
    for caller in (client, bearing("Token nonsense")):
        store.steps.clear()
        assert caller.get(ME).status_code == 429
        assert store.steps == [["anon"]]


LOGIN = ["login", "login_account", "login_attack", "login_pair"]


def test_a_login_asks_once_for_all_of_its_limits(
    client: APIClient, anna: User, store: Store
) -> None:
    client.post(TOKENS, {"username": "anna", "password": "wrong"})
    assert store.steps == [["anon"], LOGIN]


def test_a_right_password_gives_back_what_is_not_a_failure(
    client: APIClient, anna: User, store: Store
) -> None:
    client.post(TOKENS, {"username": "anna", "password": PASSWORD})
    assert store.steps == [["anon"], LOGIN, ["back", *LOGIN[1:]], ["back", "anon"]]
