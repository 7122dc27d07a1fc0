"""A password is taken as it was typed, in a size that can be hashed; the rest is refused."""

import pytest
from rest_framework.test import APIClient

from accounts.models import User
from tests.accounts.doors import Door, at_every_api_door, at_every_door
from tests.conftest import PASSWORD

LOOKALIKES = {
    "blank before": f" {PASSWORD}",
    "blank after": f"{PASSWORD} ",
    "line end": f"{PASSWORD}\n",
    "upper case": PASSWORD.upper(),
    "wide letters": PASSWORD.replace("c", "\uff43"),
    "beginning": PASSWORD[:-1],
}
ODD_TEXTS = ["\x00", "a\x00b", "\ud800", "a\udfff", "", "\r\n", "\u202e", "\U0001f511" * 40]


@at_every_door
@pytest.mark.parametrize("password", LOOKALIKES.values(), ids=LOOKALIKES)
def test_what_looks_like_the_password_is_not_the_password(
    client: APIClient, staff: User, door: Door, password: str
) -> None:
    assert door.knock(client, "staff", password).status_code == door.wrong


@at_every_door
def test_blanks_around_a_password_belong_to_it(client: APIClient, staff: User, door: Door) -> None:
    staff.set_password("  blanks all around  ")
    staff.save()
    assert door.knock(client, "staff", "blanks all around").status_code == door.wrong
    assert door.knock(client, "staff", "  blanks all around  ").status_code == door.right


@at_every_door
def test_128_characters_are_a_password(client: APIClient, staff: User, door: Door) -> None:
    staff.set_password("x" * 128)
    staff.save()
    assert door.knock(client, "staff", "x" * 128).status_code == door.right


@at_every_door
@pytest.mark.parametrize("length", [129, 100_000])
def test_more_are_refused_without_being_hashed(
    client: APIClient, staff: User, door: Door, length: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.contrib.auth.hashers.MD5PasswordHasher.encode", None)
    answer = door.knock(client, "staff", "x" * length)
    assert answer.status_code == (door.wrong if door.form else 400)


@at_every_api_door
@pytest.mark.parametrize("text", ODD_TEXTS, ids=ascii)
def test_odd_text_is_a_clients_fault_and_never_ours(
    client: APIClient, db: None, door: Door, text: str
) -> None:
    for credentials in [(text, PASSWORD), ("anna", text)]:
        answer = door.knock(client, *credentials)
        assert answer.status_code in {400, 401}
        assert answer["Content-Type"] == "application/problem+json"
