"""An older hash is renewed at a login, and never over a password that changed meanwhile."""

import pytest
from django.contrib.auth.hashers import check_password, make_password
from pytest_django import Settings

from accounts.hashers import OlderPBKDF2PasswordHasher
from accounts.models import User
from config.settings.passwords import PASSWORD_HASHERS
from tests.conftest import PASSWORD

OLDER = "pbkdf2_sha256"
CHANGED = "another correct horse battery"


@pytest.fixture
def older(anna: User, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> User:
    """The account as a login has read it, with an older hash (of few rounds: nobody guesses it)."""
    settings.PASSWORD_HASHERS = PASSWORD_HASHERS
    monkeypatch.setattr(OlderPBKDF2PasswordHasher, "iterations", 1000)
    User.objects.filter(pk=anna.pk).update(password=make_password(PASSWORD, hasher=OLDER))
    return User.objects.get(pk=anna.pk)


def stored(user: User) -> str:
    return User.objects.values_list("password", flat=True).get(pk=user.pk)


def test_it_is_renewed(older: User) -> None:
    assert older.check_password(PASSWORD)
    assert not stored(older).startswith(OLDER)
    assert older.password == stored(older)


def test_a_change_meanwhile_stays_and_the_old_password_is_wrong(older: User) -> None:
    User.objects.filter(pk=older.pk).update(password=make_password(CHANGED))
    assert not older.check_password(PASSWORD)
    assert check_password(CHANGED, stored(older))


def test_of_two_logins_that_renew_it_both_succeed(older: User) -> None:
    other = User.objects.get(pk=older.pk)
    assert older.check_password(PASSWORD)
    assert other.check_password(PASSWORD)
    assert other.password == stored(older)


def test_an_account_deleted_meanwhile_has_no_password(older: User) -> None:
    User.objects.filter(pk=older.pk).delete()
    assert not older.check_password(PASSWORD)


def test_a_wrong_password_renews_nothing(older: User) -> None:
    assert not older.check_password("wrong")
    assert stored(older).startswith(OLDER)
