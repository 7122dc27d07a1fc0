# option: jwt
"""A signature is verified once; that it was lets nobody in who would not be let in without."""

from datetime import timedelta
from unittest.mock import patch

import jwt
import pytest
import time_machine
from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from jwt_login import genuine, keys, services
from jwt_login.keyring import keyring
from jwt_login.services import TokenPair
from tests.conftest import SetRates
from tests.jwt_login import calls, forging
from tests.jwt_login.attacks import ATTACKS


@pytest.fixture(autouse=True)
def _nothing_is_remembered() -> None:
    keyring().genuine.remembered.clear()


@pytest.fixture
def used(pair: TokenPair) -> str:
    """Return an access token whose signature was verified."""
    assert calls.call(pair.access).status_code == 200
    assert len(keyring().genuine.remembered) == 1
    return pair.access


def test_a_signature_is_verified_once(pair: TokenPair) -> None:
    with patch.object(jwt, "decode", wraps=jwt.decode) as verified:
        assert [calls.call(pair.access).status_code for _ in range(3)] == [200] * 3
    assert verified.call_count == 1


def test_a_refresh_token_is_verified_each_time(pair: TokenPair) -> None:
    calls.refresh(pair.refresh)
    assert not keyring().genuine.remembered


def test_what_is_like_it_is_refused_and_not_remembered(used: str, set_rates: SetRates) -> None:
    set_rates(anon="1000/hour")
    let_in = {
        name for name, attack in ATTACKS.items() if calls.call(attack(used)).status_code != 401
    }
    assert let_in == set()
    assert len(keyring().genuine.remembered) == 1


def test_it_ends_at_the_second_that_it_names(used: str) -> None:
    end = forging.parts(used)[1]["exp"]
    with time_machine.travel(end - 1, tick=False):
        assert calls.call(used).status_code == 200
    with time_machine.travel(end, tick=False):
        assert calls.call(used).status_code == 401


@pytest.mark.parametrize("name", ["JWT_ISSUER", "JWT_AUDIENCE"])
def test_it_is_for_the_issuer_and_the_audience_that_are_set(
    name: str, used: str, settings: Settings
) -> None:
    setattr(settings, name, "https://elsewhere.example.com")
    assert calls.call(used).status_code == 401


def test_it_is_forgotten_with_its_key(used: str, settings: Settings) -> None:
    settings.JWT_PRIVATE_KEY = keys.read_private_key(keys.new_private_key())
    assert calls.call(used).status_code == 401


def test_the_oldest_is_forgotten_and_verified_again(
    user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(genuine, "MOST_REMEMBERED", 2)
    pairs = [services.start(user) for _ in range(3)]
    assert [calls.call(pair.access).status_code for pair in pairs] == [200] * 3
    assert len(keyring().genuine.remembered) == 2
    assert calls.call(pairs[0].access).status_code == 200


def test_no_token_is_kept(used: str) -> None:
    kept = repr(keyring().genuine.remembered)
    assert used not in kept
    assert used.rpartition(".")[2] not in kept


def test_a_login_that_ended_is_looked_at(used: str, user: User) -> None:
    user.jwt_logins.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert calls.call(used).status_code == 401
