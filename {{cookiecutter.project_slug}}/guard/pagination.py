"""Lists come in pages of a bounded size."""

import re
from typing import Any

from django.core.paginator import Page, Paginator
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.pagination import PageNumberPagination
from rest_framework.request import Request
from rest_framework.views import APIView

from guard.total_rows import TOTAL, TotalRows, can_count, total_of

MOST_ROWS = 2**63 - 1  # that databases can be asked to pass over
NUMBER = re.compile(r"[1-9][0-9]{0,39}")


class BoundedPagination(PageNumberPagination):
    """`?page=2&page_size=50`; nobody gets more than 100 rows at once (API4:2023).

    A page that is not there is a 404; what is no whole number from 1 on, or comes twice, is a 400.
    Rows and their count come in one query.
    """

    page_size = 20
    page_size_query_param = "page_size"
    max_page_size = 100

    def paginate_queryset(
        self, queryset: Any, request: Request, view: APIView | None = None
    ) -> list[Any] | None:
        """Return the rows of the page; DRF's own way where the count is not that of plain rows."""
        if not can_count(queryset):
            return super().paginate_queryset(queryset, request, view)
        self.request = request
        size, number = self.get_page_size(request), self.get_page_number(request, None)
        first = (number - 1) * size
        rows = []
        if first <= MOST_ROWS:
            rows = list(queryset.annotate(**{TOTAL: TotalRows()})[first : first + size])
        if number > 1 and not rows:
            raise NotFound(self.invalid_page_message.format(page_number=number, message=""))
        paginator: Any = Paginator(rows, size)
        paginator.count = total_of(rows)  # a cached property, else asked for
        self.page = Page(rows, number, paginator)
        return rows

    def get_page_size(self, request: Request) -> int:
        """Return how many rows the caller wants, within the bound."""
        asked = whole_number(request, self.page_size_query_param)
        return min(asked or self.page_size, self.max_page_size)

    def get_page_number(self, request: Request, paginator: Any) -> int:
        """Return which page the caller wants."""
        return whole_number(request, self.page_query_param) or 1

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """Describe both, with their bound."""
        described: list[dict[str, Any]] = super().get_schema_operation_parameters(view)
        for parameter in described:
            parameter["schema"]["minimum"] = 1
        return described


def whole_number(request: Request, name: str) -> int | None:
    """Return the value of a query parameter, or raise ValidationError; None if it is not there."""
    values = request.query_params.getlist(name)
    if not values:
        return None
    if len(values) > 1 or not NUMBER.fullmatch(values[0]):
        raise ValidationError({name: ["This must be one whole number, 1 or more."]})
    return int(values[0])
