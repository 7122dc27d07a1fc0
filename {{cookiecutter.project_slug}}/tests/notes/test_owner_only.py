# option: example_api
"""A note is there for the account that wrote it, and for nobody else (API1:2023)."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from accounts.models import User
from notes.models import Note
from tests.conftest import Caller

URL = "/api/v1/notes/"
METHODS: dict[str, Any] = {
    "get": None,
    "put": {"title": "mine now", "text": ""},
    "patch": {"title": "mine now"},
    "delete": None,
}


@pytest.fixture
def note(anna: User) -> Note:
    return Note.objects.create(owner=anna, title="annas")


@pytest.mark.parametrize("method", METHODS)
def test_another_accounts_note_does_not_exist(
    call_as: Caller, berta: User, note: Note, method: str
) -> None:
    before = Note.objects.values().get()
    answer = getattr(call_as(berta), method)(f"{URL}{note.pk}/", METHODS[method])
    assert answer.status_code == 404
    assert Note.objects.values().get() == before


@pytest.mark.parametrize("method", METHODS)
def test_staff_has_no_way_around_it(call_as: Caller, staff: User, note: Note, method: str) -> None:
    answer = getattr(call_as(staff), method)(f"{URL}{note.pk}/", METHODS[method])
    assert answer.status_code == 404


@pytest.mark.parametrize("method", METHODS)
def test_strangers_get_401_and_do_not_learn_what_exists(
    client: APIClient, note: Note, method: str
) -> None:
    for pk in (note.pk, "6ba7b810-9dad-41d1-80b4-00c04fd430c8"):
        answer = getattr(client, method)(f"{URL}{pk}/", METHODS[method])
        assert answer.status_code == 401


def test_a_foreign_note_and_none_are_answered_alike(
    call_as: Caller, berta: User, note: Note
) -> None:
    caller = call_as(berta)
    answers = []
    for pk in (note.pk, "6ba7b810-9dad-41d1-80b4-00c04fd430c8"):
        answer = caller.get(f"{URL}{pk}/").json()
        answers.append({k: answer[k] for k in answer.keys() - {"request_id", "instance"}})
    assert answers[0] == answers[1]


def test_a_list_has_own_notes_only(call_as: Caller, anna: User, berta: User, note: Note) -> None:
    Note.objects.create(owner=berta, title="bertas")
    for user, title in ((anna, "annas"), (berta, "bertas")):
        rows = call_as(user).get(URL).json()
        assert (rows["count"], rows["results"][0]["title"]) == (1, title)


@pytest.mark.parametrize("query", ["owner=anna", "owner__password=x", "search=annas", "id=1"])
def test_no_parameter_reaches_further(call_as: Caller, berta: User, note: Note, query: str) -> None:
    assert call_as(berta).get(f"{URL}?{query}").json()["count"] == 0


@pytest.mark.parametrize("key", ["owner", "owner_id", "id"])
@pytest.mark.parametrize("method", ["patch", "put"])
def test_a_note_cannot_be_given_away(
    call_as: Caller, berta: User, note: Note, key: str, method: str
) -> None:
    body = {"title": "changed", "text": "", key: str(berta.pk)}
    answer = getattr(call_as(note.owner), method)(f"{URL}{note.pk}/", body)
    assert answer.status_code == 400
    assert set(answer.json()["errors"]) == {key}
    unchanged = Note.objects.get()
    assert (unchanged.pk, unchanged.owner, unchanged.title) == (note.pk, note.owner, "annas")


def test_a_writer_is_the_owner(call_as: Caller, anna: User, berta: User) -> None:
    call_as(berta).post(URL, {"title": "x"})
    assert Note.objects.get().owner == berta


def test_notes_go_with_their_account(anna: User, note: Note) -> None:
    anna.delete()
    assert not Note.objects.exists()
