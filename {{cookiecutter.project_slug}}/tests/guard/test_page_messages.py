"""Pages can say something to their visitor; for the API nothing is made that could."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from guard.page_messages import PageMessagesMiddleware


@pytest.mark.parametrize(
    ("path", "holds"), [("/admin/", True), ("/", True), ("/api/v1/me/", False)]
)
def test_only_pages_have_messages(path: str, holds: bool) -> None:  # noqa: FBT001 - of a table
    asked: list[HttpRequest] = []

    def answer(request: HttpRequest) -> HttpResponse:
        asked.append(request)
        return HttpResponse()

    request = RequestFactory().get(path)
    request.session = {}  # type: ignore[assignment] # where pages keep them
    PageMessagesMiddleware(answer)(request)
    assert [hasattr(each, "_messages") for each in asked] == [holds]
