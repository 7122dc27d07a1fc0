"""Static files: as WhiteNoise serves them, with refusals in the shape of all others."""

from http import HTTPStatus

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from whitenoise.middleware import WhiteNoiseMiddleware  # type: ignore[import-untyped]

from guard.problems import not_allowed


class StaticFilesMiddleware(WhiteNoiseMiddleware):  # type: ignore[misc] # has no types
    """Its own answer to another method than GET has neither a type nor a body."""

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response: HttpResponseBase = super().__call__(request)
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED or "Content-Type" in response:
            return response
        response.close()
        return not_allowed(request, response["Allow"])
