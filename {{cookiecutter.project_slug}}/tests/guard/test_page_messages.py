"""Pages can say something to their visitor; for the API nothing is made that could."""

from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from guard.page_messages import PageMessagesMiddleware


def holds_messages(path: str) -> bool:
    asked: list[HttpRequest] = []

    def answer(request: HttpRequest) -> HttpResponse:
        asked.append(request)
        return HttpResponse()

    request = RequestFactory().get(path)
    request.session = SessionBase()
    PageMessagesMiddleware(answer)(request)
    return hasattr(asked[0], "_messages")


def test_only_pages_have_messages() -> None:
    assert holds_messages("/admin/")
    assert holds_messages("/")
    assert not holds_messages("/api/v1/me/")
