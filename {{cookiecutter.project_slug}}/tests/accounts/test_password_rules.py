"""What a password must be, and how it is kept."""

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from pytest_django import Settings
from rest_framework.test import APIClient

from accounts.hashers import SizedArgon2PasswordHasher
from accounts.models import User
from config.settings import passwords
from tests.accounts.logins import alive, every_login
from tests.conftest import PASSWORD, Caller

URL = "/api/v1/auth/password/"
REFUSED = {
    "eleven characters": "abcdefghij1",
    "known to everyone": "qwertyuiop123",
    "nothing": "",
    "too long to hash": "x" * 129,
}
ACCEPTED = {
    "twelve characters": "zwoelf lange",
    "no composition rules": "only small letters here",
    "as long as can be hashed": "lang und " * 14 + "xy",
    "any script": "\u0434\u043b\u0438\u043d\u043d\u044b\u0439 \u043f\u0430\u0440\u043e\u043b\u044c",
}


def change(caller: APIClient, new: str) -> int:
    return caller.post(URL, {"current_password": PASSWORD, "new_password": new}).status_code


@pytest.mark.parametrize("new", REFUSED.values(), ids=REFUSED)
def test_refused(call_as: Caller, anna: User, new: str) -> None:
    assert change(call_as(anna), new) == 400
    assert User.objects.get().check_password(PASSWORD)


@pytest.mark.parametrize("new", ACCEPTED.values(), ids=ACCEPTED)
def test_accepted(call_as: Caller, anna: User, new: str) -> None:
    assert change(call_as(anna), new) == 204
    assert User.objects.get().check_password(new)


def test_a_password_like_the_user_name_is_refused(call_as: Caller, anna: User) -> None:
    anna.username = "anna-maria-luise"
    anna.save()
    assert change(call_as(anna), "anna-maria-luise1") == 400


def test_passwords_are_kept_as_argon2id_of_a_known_size() -> None:
    assert passwords.PASSWORD_HASHERS[0] == "accounts.hashers.SizedArgon2PasswordHasher"
    assert not [name for name in passwords.PASSWORD_HASHERS if "MD5" in name or "SHA1" in name]
    encoded = SizedArgon2PasswordHasher().encode("secret", "some-salt")
    assert encoded.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")


def test_an_older_hash_is_renewed_at_the_next_login_and_no_token_ends(
    client: APIClient, anna: User, settings: Settings
) -> None:
    settings.PASSWORD_HASHERS = passwords.PASSWORD_HASHERS
    anna.password = PBKDF2PasswordHasher().encode(PASSWORD, "some-salt", iterations=1)
    anna.save()
    logins = every_login(anna)
    answer = client.post("/api/v1/auth/tokens/", {"username": "anna", "password": PASSWORD})
    assert answer.status_code == 201
    assert User.objects.get().password.startswith("argon2$argon2id$")
    assert alive(logins) == set(logins) - {"session"}  # Django ties a session to the hash itself
