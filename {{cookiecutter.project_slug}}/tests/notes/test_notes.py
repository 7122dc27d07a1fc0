# option: example_api
"""Notes: what goes in and out, and how much of it at once."""

from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient

from accounts.models import User
from notes.models import Note
from tests.conftest import Caller

URL = "/api/v1/notes/"
REFUSED: dict[str, tuple[dict[str, Any], set[str]]] = {
    "no title": ({"text": "x"}, {"title"}),
    "blank title": ({"title": "  "}, {"title"}),
    "title too long": ({"title": "x" * 201}, {"title"}),
    "text too long": ({"title": "x", "text": "x" * 10_001}, {"text"}),
    "wrong types": ({"title": ["x"], "text": {}}, {"title", "text"}),
    "no value": ({"title": None}, {"title"}),
    "unknown keys": ({"title": "x", "colour": "red", "is_staff": True}, {"colour", "is_staff"}),
    "an owner": ({"title": "x", "owner": "me", "owner_id": 1}, {"owner", "owner_id"}),
    "an id": ({"title": "x", "id": "6ba7b810-9dad-41d1-80b4-00c04fd430c8"}, {"id"}),
    "dates": ({"title": "x", "created_at": "2020-01-01T00:00:00Z"}, {"created_at"}),
}


@pytest.fixture
def caller(call_as: Caller, anna: User) -> APIClient:
    """A caller who has just called, so that the use of its token is noted already."""
    caller = call_as(anna)
    caller.get(URL)
    return caller


@pytest.fixture
def many(anna: User) -> None:
    """More notes than a page may hold."""
    Note.objects.bulk_create(Note(owner=anna, title=f"note {n}") for n in range(120))


def test_a_note_is_made_read_changed_and_deleted(caller: APIClient) -> None:
    made = caller.post(URL, {"title": "Milk", "text": "two\nlitres"})
    assert made.status_code == 201
    assert set(made.json()) == {"id", "title", "text", "created_at", "updated_at"}
    one = f"{URL}{made.json()['id']}/"
    assert caller.get(one).json() == made.json()
    assert caller.patch(one, {"title": "Bread"}).json()["text"] == "two\nlitres"
    assert caller.put(one, {"title": "Eggs", "text": ""}).json()["title"] == "Eggs"
    assert caller.delete(one).status_code == 204
    assert caller.get(one).status_code == 404


@pytest.mark.parametrize(("body", "fields"), REFUSED.values(), ids=REFUSED)
def test_what_is_not_a_note_is_refused_and_the_fields_are_named(
    caller: APIClient, body: dict[str, Any], fields: set[str]
) -> None:
    answer = caller.post(URL, body)
    assert answer.status_code == 400
    assert set(answer.json()["errors"]) == fields
    assert not Note.objects.exists()


def test_blanks_around_a_title_do_not_count(caller: APIClient) -> None:
    assert caller.post(URL, {"title": " x "}).json()["title"] == "x"


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize(
    ("asked", "rows"), [(None, 20), ("5", 5), ("100", 100), ("101", 100), ("1000000", 100)]
)
def test_a_page_is_bounded(caller: APIClient, asked: str | None, rows: int) -> None:
    answer = caller.get(URL, {"page_size": asked} if asked else {}).json()
    assert answer["count"] == 120
    assert len(answer["results"]) == rows


@pytest.mark.usefixtures("many")
def test_all_pages_together_are_all_notes_each_once(caller: APIClient) -> None:
    seen: list[str] = []
    page: str | None = f"{URL}?page_size=50"
    while page:
        answer = caller.get(page).json()
        seen += [row["id"] for row in answer["results"]]
        page = answer["next"]
    assert len(seen) == len(set(seen)) == 120


@pytest.mark.parametrize("page", ["2", "9" * 30])
def test_a_page_that_is_not_there_is_a_404(caller: APIClient, page: str) -> None:
    assert caller.get(URL, {"page": page}).status_code == 404


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize("size", [1, 100])
def test_a_list_costs_two_queries_however_long_it_is(
    caller: APIClient, size: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(2):  # the caller, the rows and their count
        caller.get(URL, {"page_size": size})
