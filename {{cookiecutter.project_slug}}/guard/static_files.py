"""Static files: as WhiteNoise serves them, with refusals in the shape of all others."""

from http import HTTPStatus
from threading import Lock
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from whitenoise.middleware import WhiteNoiseMiddleware  # type: ignore[import-untyped]

from guard.problems import not_allowed


class StaticFilesMiddleware(WhiteNoiseMiddleware):  # type: ignore[misc] # has no types
    """Looks for the files when the first is asked for: a start need not wait for hundreds."""

    def __init__(self, *given: Any) -> None:
        """Find out from settings what is served; no file is looked at."""
        self.postponed: list[tuple[Any, str | None]] = []
        self.lock = Lock()
        super().__init__(*given)

    def add_files(self, root: Any, prefix: str | None = None) -> None:
        """Remember where static files are; WhiteNoise calls it for each folder."""
        if prefix == self.static_prefix:
            self.postponed.append((root, prefix))
        else:
            super().add_files(root, prefix)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer with a file, or go on; WhiteNoise's 405 has neither a type nor a body."""
        if self.postponed and request.path_info.startswith(self.static_prefix):
            self.look()
        response: HttpResponseBase = super().__call__(request)
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED or "Content-Type" in response:
            return response
        response.close()
        return not_allowed(request, response["Allow"])

    def look(self) -> None:
        """Look for the files; who comes meanwhile waits for them."""
        with self.lock:
            for root, prefix in self.postponed:
                super().add_files(root, prefix)
            self.postponed = []
