"""The renderer and the media type are the ones that DRF would choose."""

from typing import Any

import pytest
from django.http import Http404
from rest_framework.exceptions import NotAcceptable
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer, HTMLFormRenderer
from rest_framework.request import Request
from rest_framework.test import APIRequestFactory

from guard.negotiation import QuickNegotiation
from guard.renderers import QuickJSONRenderer

ACCEPTED = [
    None,
    "*/*",
    "application/json",
    "application/json; indent=4",
    "application/*",
    "text/html",
    "text/html, application/json;q=0.5",
    "application/json, text/html",
    "nonsense",
    "",
]
RENDERERS = {
    "one": [QuickJSONRenderer()],
    "two": [HTMLFormRenderer(), QuickJSONRenderer()],
}


def chosen(
    negotiation: DefaultContentNegotiation, renderers: list[BaseRenderer], asked: Any
) -> tuple[str, str] | str:
    accept, query, suffix = asked
    headers = {} if accept is None else {"HTTP_ACCEPT": accept}
    request = Request(APIRequestFactory().get("/", query, **headers))
    try:
        renderer, media_type = negotiation.select_renderer(request, renderers, suffix)
    except (NotAcceptable, Http404) as error:
        return type(error).__name__
    return type(renderer).__name__, media_type


@pytest.mark.parametrize(
    "query", [{}, {"format": "json"}, {"format": "xml"}, {"format": ""}], ids=str
)
@pytest.mark.parametrize("suffix", [None, "json", "xml"])
@pytest.mark.parametrize("renderers", RENDERERS.values(), ids=RENDERERS)
def test_it_is_drfs_choice(query: Any, suffix: Any, renderers: Any) -> None:
    for accept in ACCEPTED:
        asked = accept, query, suffix
        quick = chosen(QuickNegotiation(), renderers, asked)
        assert quick == chosen(DefaultContentNegotiation(), renderers, asked), accept
