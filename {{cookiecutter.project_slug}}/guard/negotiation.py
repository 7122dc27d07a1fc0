"""Which renderer answers: DRF's own choice, found at once where there is nothing to choose."""

from collections.abc import Iterable
from typing import cast

from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

ANYTHING = "*/*"


class QuickNegotiation(DefaultContentNegotiation):
    """Asks DRF only if the caller wants something else than what a view gives first."""

    def select_renderer(
        self,
        request: Request,
        renderers: Iterable[BaseRenderer],
        format_suffix: str | None = None,
    ) -> tuple[BaseRenderer, str]:
        """Return the renderer and the media type of the answer; NotAcceptable if there is none."""
        first, accepted = next(iter(renderers)), request.META.get("HTTP_ACCEPT", ANYTHING)
        asks = format_suffix or self.settings.URL_FORMAT_OVERRIDE in request.query_params
        if not asks and accepted in (ANYTHING, first.media_type):
            return first, first.media_type
        chosen = super().select_renderer(request, renderers, format_suffix)
        return cast("tuple[BaseRenderer, str]", chosen)
