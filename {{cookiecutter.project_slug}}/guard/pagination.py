"""Lists come in pages of a bounded size."""

import re
from typing import Any

from rest_framework.exceptions import ValidationError
from rest_framework.pagination import PageNumberPagination
from rest_framework.request import Request

NUMBER = re.compile(r"[1-9][0-9]{0,39}")


class BoundedPagination(PageNumberPagination):
    """`?page=2&page_size=50`; nobody gets more than 100 rows at once (API4:2023).

    A page that is not there is a 404; what is no whole number from 1 on, or comes twice, is a 400.
    """

    page_size = 20
    page_size_query_param = "page_size"
    max_page_size = 100

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
