"""Reads what a caller says about its body before Django does.

Django decodes a request's query by the charset that Content-Type names while it builds the
request, outside of everything that answers errors: an odd charset would be a bare 500 without
headers or log line. JSON is UTF-8 (RFC 8259, section 8.1), and so are the forms of our own pages.
"""

from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

UTF_8 = ("charset=utf-8", 'charset="utf-8"')
UNREADABLE = "application/octet-stream"  # nothing here reads it, so it is answered with a 415


def plain(content_type: str) -> str:
    """Return the media type with its boundary alone; another charset than UTF-8 is unreadable."""
    media_type, *parameters = (part.strip() for part in content_type.split(";"))
    if "*" in media_type:  # a range (RFC 9110, 12.5.1), which would pass for every type
        return UNREADABLE
    for parameter in map(str.lower, parameters):
        if parameter.startswith("charset") and parameter not in UTF_8:
            return UNREADABLE
    boundary = [text for text in parameters if text.lower().startswith("boundary=")]
    return "; ".join([media_type, *boundary])


class PlainContentType:
    """The WSGI application around Django's."""

    def __init__(self, application: WSGIApplication) -> None:
        self.application = application

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        environ["CONTENT_TYPE"] = plain(environ.get("CONTENT_TYPE", ""))
        return self.application(environ, start_response)
