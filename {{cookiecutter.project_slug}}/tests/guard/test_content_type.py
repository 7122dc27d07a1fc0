"""No Content-Type can break a request before there is anything that answers errors."""

from io import BytesIO
from typing import Any

import pytest

from config.wsgi import application
from guard.content_type import UNREADABLE, plain

pytestmark = pytest.mark.django_db

TYPES = [
    ("", ""),
    ("application/json", "application/json"),
    ("application/json; charset=utf-8", "application/json"),
    ('application/json;CHARSET="UTF-8"; x=y', "application/json"),
    ("multipart/form-data; boundary=abc", "multipart/form-data; boundary=abc"),
    ("*/*", UNREADABLE),
    ("application/*", UNREADABLE),
    ("application/json; charset=latin-1", UNREADABLE),
    ("application/json; charset=bz2_codec", UNREADABLE),
    ("application/json; charset*=utf-8''bz2_codec", UNREADABLE),
    ("application/json; charset*0=bz2_; charset*1=codec", UNREADABLE),
    ("application/json; charset =bz2_codec", UNREADABLE),
]
TOO_MANY = "a=1&" * 2000


def call(content_type: str, query: str = "") -> str:
    """Ask the WSGI application itself, as a server does; return the status line."""
    statuses: list[str] = []

    def start_response(status: str, *_: Any) -> Any:
        statuses.append(status)

    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/api/v1/auth/tokens/",
        "QUERY_STRING": query,
        "CONTENT_TYPE": content_type,
        "CONTENT_LENGTH": "2",
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.input": BytesIO(b"{}"),
        "wsgi.url_scheme": "http",
    }
    answer: Any = application(environ, start_response)
    assert answer["Content-Type"] == "application/problem+json"
    return statuses[0]


@pytest.mark.parametrize(("given", "left"), TYPES)
def test_only_media_type_and_boundary_are_left(given: str, left: str) -> None:
    assert plain(given) == left


@pytest.mark.parametrize("query", ["", "a=%ff"])
@pytest.mark.parametrize("charset", ["bz2_codec", "rot13", "idna", "utf-7", "latin-1", "\xff"])
def test_another_charset_than_utf_8_is_a_415(charset: str, query: str) -> None:
    assert call(f"application/json; charset={charset}", query).startswith("415 ")


@pytest.mark.parametrize("query", ["", "a=%ff", TOO_MANY], ids=["none", "odd", "too many"])
@pytest.mark.parametrize("parameters", ["", "; charset=utf-8", "; x*=nope''y", ";;", "; \xff=\xff"])
def test_the_rest_of_a_content_type_does_not_matter(parameters: str, query: str) -> None:
    assert call(f"application/json{parameters}", query).startswith("400 ")
