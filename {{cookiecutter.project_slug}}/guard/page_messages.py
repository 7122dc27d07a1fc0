"""Messages are for pages: the API has none, and nothing is made to hold them there."""

from django.contrib.messages.middleware import MessageMiddleware
from django.http import HttpRequest


class PageMessagesMiddleware(MessageMiddleware):
    """Django's own, for all that is not under /api/."""

    def process_request(self, request: HttpRequest) -> None:
        """Let a page say something to its visitor."""
        if not request.path.startswith("/api/"):
            super().process_request(request)
