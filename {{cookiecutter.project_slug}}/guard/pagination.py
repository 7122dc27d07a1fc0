"""Lists come in pages of a bounded size."""

from rest_framework.pagination import PageNumberPagination


class BoundedPagination(PageNumberPagination):
    """`?page=2&page_size=50`; nobody gets more than 100 rows at once (API4:2023)."""

    page_size = 20
    page_size_query_param = "page_size"
    max_page_size = 100
