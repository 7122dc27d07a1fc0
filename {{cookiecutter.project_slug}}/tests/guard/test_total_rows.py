"""A page and the count of all rows come in one query, and the count is Django's own."""

from typing import Any

import pytest
from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.test import APIRequestFactory

from accounts.models import User
from guard.pagination import BoundedPagination
from guard.total_rows import can_count
from tokens.models import ApiToken

pytestmark = pytest.mark.django_db

ROWS = 23
QUERIES: dict[str, Q] = {
    "everything": Q(),
    "what is always so": ~Q(pk__in=[]),
    "what is never so": Q(pk__in=[]),
    "a field": Q(name__startswith="number 1"),
    "a joined table": Q(user__username="anna"),
    "nobody's": Q(user__username="nobody"),
    "either": Q(name="number 1") | Q(user__username="berta"),
}


@pytest.fixture(autouse=True)
def _tokens(anna: User, berta: User) -> None:
    ApiToken.objects.bulk_create(
        ApiToken(user=user, name=f"number {number}", digest=f"{user.pk}{number}")
        for user, rows in ((anna, ROWS), (berta, 1))
        for number in range(rows)
    )


def page(rows: QuerySet[Any], **query: Any) -> Any:
    request = Request(APIRequestFactory().get("/", query))
    pagination = BoundedPagination()
    found = pagination.paginate_queryset(rows, request)
    assert found is not None
    return pagination.get_paginated_response(found).data


@pytest.mark.parametrize("condition", QUERIES.values(), ids=QUERIES)
def test_the_count_is_that_of_the_query(condition: Q, django_assert_num_queries: Any) -> None:
    rows = ApiToken.objects.select_related("user").filter(condition)
    expected = rows.count()
    with django_assert_num_queries(0 if condition == QUERIES["what is never so"] else 1):
        answer = page(rows, page_size=5)
    assert answer["count"] == expected
    assert answer["results"] == list(rows[:5])


def test_pages_follow_each_other() -> None:
    rows = ApiToken.objects.order_by("pk")
    seen, number = [], 1
    while number:
        answer = page(rows, page=number, page_size=10)
        seen += answer["results"]
        assert answer["count"] == ROWS + 1
        assert bool(answer["previous"]) is (number > 1)
        number = number + 1 if answer["next"] else 0
    assert seen == list(rows)


@pytest.mark.parametrize("number", [4, 10**18, 10**39])
def test_a_page_that_is_not_there_is_a_404(number: int) -> None:
    with pytest.raises(NotFound):
        page(ApiToken.objects.order_by("pk"), page=number, page_size=10)


OTHERS: dict[str, QuerySet[Any]] = {
    "distinct": User.objects.filter(api_tokens__isnull=False).distinct(),
    "grouped": User.objects.annotate(tokens=Count("api_tokens")).filter(tokens__gt=0),
    "united": User.objects.filter(username="anna").union(User.objects.filter(username="berta")),
    "values that are counted": User.objects.values("username").annotate(tokens=Count("api_tokens")),
    "lists of values": User.objects.values_list("pk", "username"),
}


@pytest.mark.parametrize("rows", OTHERS.values(), ids=OTHERS)
def test_other_queries_are_counted_as_django_counts_them(rows: QuerySet[Any]) -> None:
    assert not can_count(rows)
    answer = page(rows.order_by("username"))
    assert answer["count"] == len(answer["results"]) == 2


def test_a_window_in_a_condition_is_left_to_django() -> None:
    numbered = ApiToken.objects.annotate(number=Window(RowNumber(), order_by=F("pk").asc()))
    assert not can_count(numbered.filter(number__lte=3))
