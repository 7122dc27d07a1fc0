"""What a caller says about pages is a whole number, once, or is refused by name."""

from typing import Any

import pytest
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.test import APIRequestFactory

from guard.pagination import BoundedPagination

ODD = [
    "",
    "0",
    "-1",
    "x",
    "last",
    "null",
    "1e3",
    "1.0",
    " 1",
    "1_0",
    "01",
    "\u0661",
    "\x00",
    "9" * 41,
]


def paged(**query: Any) -> list[int]:
    """Ask for a page of 120 rows."""
    rows: Any = range(120)
    request = Request(APIRequestFactory().get("/", query))
    page: list[int] | None = BoundedPagination().paginate_queryset(rows, request)
    assert page is not None
    return page


@pytest.mark.parametrize("name", ["page", "page_size"])
@pytest.mark.parametrize("value", ODD)
def test_what_is_no_number_is_refused(name: str, value: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        paged(**{name: value})
    assert refusal.value.detail == {name: ["This must be one whole number, 1 or more."]}


@pytest.mark.parametrize("name", ["page", "page_size"])
def test_what_is_said_twice_is_refused(name: str) -> None:
    with pytest.raises(ValidationError):
        paged(**{name: ["1", "1"]})


@pytest.mark.parametrize(("asked", "rows"), [("1", 1), ("100", 100), ("101", 100), ("9" * 40, 100)])
def test_a_page_is_as_large_as_asked_within_the_bound(asked: str, rows: int) -> None:
    assert len(paged(page_size=asked)) == rows


def test_pages_are_counted_from_one() -> None:
    assert paged(page=2, page_size=50) == list(range(50, 100))
    assert len(paged()) == 20
