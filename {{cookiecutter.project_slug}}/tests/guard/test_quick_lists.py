"""A list of rows says what DRF's list of objects says."""

from typing import Any

import pytest
from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.filters import BaseFilterBackend
from rest_framework.pagination import LimitOffsetPagination, PageNumberPagination
from rest_framework.test import APIRequestFactory

from accounts.models import User
from guard.pagination import BoundedPagination
from guard.quick_lists import QuickListMixin
from guard.quick_output import QuickOutput
from tests.guard.listing import COLUMNS, View, listed, makes_no_objects

pytestmark = pytest.mark.usefixtures("two_accounts")


@pytest.mark.parametrize("pages", [BoundedPagination, PageNumberPagination, LimitOffsetPagination])
@pytest.mark.parametrize("query", ["", "?page_size=1", "?page_size=1&page=2", "?limit=1&offset=1"])
def test_the_page_is_the_one_that_drf_returns(
    query: str, pages: type, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "page_size", 20, raising=False)
    monkeypatch.setattr(LimitOffsetPagination, "default_limit", 20)
    quick = listed(QuickListMixin, query=query, pagination_class=pages)
    ordinary = listed(query=query, pagination_class=pages)
    assert makes_no_objects(monkeypatch, pagination_class=pages)
    assert quick == ordinary
    rows, expected = quick.get("results", []), ordinary.get("results", [])
    assert [list(row) for row in rows] == [list(row) for row in expected]


def test_a_list_without_pages_is_too(monkeypatch: pytest.MonkeyPatch) -> None:
    assert listed(QuickListMixin, pagination_class=None) == listed(pagination_class=None)
    assert len(listed(QuickListMixin, pagination_class=None)) == 2
    assert makes_no_objects(monkeypatch, pagination_class=None)


def test_no_object_is_made(monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any) -> None:
    assert makes_no_objects(monkeypatch)
    with django_assert_num_queries(1):
        listed(QuickListMixin)


class Columns(QuickOutput, serializers.ModelSerializer[Any]):
    class Meta:
        model = User
        fields = COLUMNS


@pytest.mark.parametrize("kind", ["values", "objects"])
def test_rows_that_come_as_something_else_are_left_to_drf(kind: str) -> None:
    rows = View.queryset.values(*COLUMNS) if kind == "values" else list(View.queryset.all())
    given: Any = {"get_queryset": lambda _: rows, "serializer_class": Columns}
    assert listed(QuickListMixin, **given) == listed(**given)


class Flags(QuickOutput, serializers.ModelSerializer[Any]):
    class Meta:
        model = User
        fields = ("is_active",)


EVERYBODY = User.objects.order_by()
ALIKE: dict[str, QuerySet[User]] = {
    "distinct": EVERYBODY.distinct(),
    "united": EVERYBODY.filter(username="anna").union(EVERYBODY.filter(username="berta")),
}
ALIKE = {name: rows.order_by("is_active") for name, rows in ALIKE.items()}


@pytest.mark.parametrize("rows", ALIKE.values(), ids=ALIKE)
def test_rows_that_look_alike_are_not_the_same(rows: QuerySet[User]) -> None:
    found = listed(QuickListMixin, queryset=rows, serializer_class=Flags)
    assert found["results"] == [{"is_active": True}] * 2


def test_no_column_comes_that_was_left_out() -> None:
    given: Any = {"queryset": View.queryset.values("email"), "serializer_class": Columns}
    for bases in ((QuickListMixin,), ()):
        with pytest.raises(KeyError):
            listed(*bases, **given)


class Ours(BaseFilterBackend):
    def filter_queryset(self, request: Any, queryset: Any, view: Any) -> Any:
        return queryset.filter(username="anna")


def test_a_view_may_leave_rows_out() -> None:
    found = listed(QuickListMixin, filter_backends=[Ours])["results"]
    assert [row["username"] for row in found] == ["anna"]


def test_the_count_stays_out_of_rows() -> None:
    rows: QuerySet[Any, Any] = User.objects.order_by("username").values("username")

    class Plain(View):
        queryset = rows

        def list(self, request: Any, *args: Any, **kwargs: Any) -> Any:
            return self.get_paginated_response(self.paginate_queryset(self.get_queryset()))

    answer: Any = Plain.as_view()(APIRequestFactory().get("/")).data
    assert answer["count"] == 2
    assert answer["results"] == [{"username": "anna"}, {"username": "berta"}]
