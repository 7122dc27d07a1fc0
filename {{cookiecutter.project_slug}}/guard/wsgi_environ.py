"""What a WSGI application is told of a request (PEP 3333), made from what ASGI says of it."""

import io
import sys
from typing import Any
from urllib.parse import unquote_to_bytes
from wsgiref.types import WSGIEnvironment

Scope = dict[str, Any]
Header = tuple[bytes, bytes]

FIXED = {
    "SCRIPT_NAME": "",
    "wsgi.version": (1, 0),
    "wsgi.errors": sys.stderr,
    "wsgi.multithread": True,
    "wsgi.multiprocess": True,
    "wsgi.run_once": False,
}
UNPREFIXED = {"CONTENT_TYPE", "CONTENT_LENGTH"}


def honest(headers: list[Header]) -> list[Header]:
    """Leave out names with an underscore.

    WSGI spells `X-Forwarded-For` and `X_Forwarded_For` alike, so that a caller's header could
    stand in for the one that a proxy has written. No registered name has an underscore.
    """
    return [(name, value) for name, value in headers if b"_" not in name]


def environ_of(scope: Scope, headers: list[Header], body: bytes) -> WSGIEnvironment:
    """Return the environ; a header that comes twice is one list (RFC 9110, 5.3)."""
    server, client = scope["server"], scope["client"]
    environ = FIXED | {
        "REQUEST_METHOD": scope["method"],
        "PATH_INFO": unquote_to_bytes(scope["raw_path"]).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1]),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": client[0],
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.input": io.BytesIO(body),
    }
    for name, value in headers:
        key = name.decode("latin-1").upper().replace("-", "_")
        key = key if key in UNPREFIXED else f"HTTP_{key}"
        text = value.decode("latin-1")
        separator = "; " if key == "HTTP_COOKIE" else ","
        environ[key] = f"{environ[key]}{separator}{text}" if key in environ else text
    return environ
