"""Security headers: the same on every answer, whoever gives it; a policy for each surface."""

from typing import Any

import pytest
from django.conf import settings
from rest_framework.test import APIClient

from accounts.models import User
from tests.conftest import ME, SetRates

pytestmark = [pytest.mark.urls("tests.guard.urls"), pytest.mark.django_db]

FEATURES = (
    "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
    "magnetometer=(), microphone=(), payment=(), usb=()"
)
EVERYWHERE = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": FEATURES,
    "Referrer-Policy": "same-origin",
    "Server": "api",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
DATA = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
TOO_LARGE = b'"' + b"x" * settings.DATA_UPLOAD_MAX_MEMORY_SIZE + b'"'
LOGIN = f"/{settings.ADMIN_PATH}/login/"
ANSWERS: list[tuple[int, str, str, dict[str, Any]]] = [
    (200, "GET", "/", {}),
    (200, "GET", "/livez", {}),
    (200, "GET", "/readyz", {}),
    (200, "OPTIONS", "/", {}),
    (200, "GET", "/static/admin/css/base.css", {}),
    (301, "GET", ME.removesuffix("/"), {}),
    (400, "GET", "/", {"HTTP_HOST": "evil.test"}),
    (400, "GET", ME, {"HTTP_HOST": "evil.test"}),
    (401, "GET", ME, {}),
    (403, "GET", "/page/raise/django 403/", {}),
    (404, "GET", "/nowhere/", {}),
    (404, "GET", "/api/nowhere/", {}),
    (405, "DELETE", "/", {}),
    (406, "GET", "/", {"HTTP_ACCEPT": "text/csv"}),
    (408, "POST", ME, {"gateway.refused": 408}),
    (413, "POST", "/api/test/echo/", {"data": TOO_LARGE, "content_type": "application/json"}),
    (415, "POST", "/api/test/echo/", {"data": b"x", "content_type": "text/plain"}),
    (500, "GET", "/api/test/raise/bug/", {}),
    (500, "GET", "/page/raise/bug/", {}),
    (503, "GET", "/api/test/raise/503/", {}),
]


def security_headers(answer: Any) -> dict[str, str]:
    """Return all headers but those that tell of the content or of the one request."""
    content = {"Allow", "Cache-Control", "Content-Length", "Content-Type", "Location", "Vary"}
    content |= {"Accept-Ranges", "Date", "ETag", "Last-Modified", "X-Request-ID"}
    content |= {"Content-Disposition", "Retry-After", "Set-Cookie", "WWW-Authenticate"}
    content |= {"RateLimit", "RateLimit-Policy"}
    return {name: value for name, value in answer.items() if name not in content}


@pytest.mark.parametrize(("status", "method", "path", "extra"), ANSWERS)
def test_every_answer_has_exactly_these_headers(
    https: APIClient, status: int, method: str, path: str, extra: dict[str, Any]
) -> None:
    answer = https.generic(method, path, **extra)
    answer.getvalue()  # a file that is read to its end is closed
    assert answer.status_code == status
    assert security_headers(answer) == EVERYWHERE | {"Content-Security-Policy": DATA}
    if path.startswith("/api/"):
        assert answer["Cache-Control"] == "no-store"


def test_a_429_has_them_too(https: APIClient, set_rates: SetRates) -> None:
    set_rates(anon="1/hour")
    https.get("/")
    answer = https.get("/")
    assert answer.status_code == 429
    assert security_headers(answer) == EVERYWHERE | {"Content-Security-Policy": DATA}


@pytest.mark.parametrize("path", [LOGIN, f"/{settings.ADMIN_PATH}/", "/api/docs/"])
def test_pages_load_only_what_is_our_own(https: APIClient, staff: User, path: str) -> None:
    https.force_login(staff)
    answer = https.get(path)
    headers = security_headers(answer)
    policy = dict(part.split(" ", 1) for part in headers.pop("Content-Security-Policy").split("; "))
    assert EVERYWHERE.items() <= headers.items()
    assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert policy["script-src"] == policy["connect-src"] == policy["form-action"] == "'self'"
    styles = "'self' 'unsafe-inline'" if path == "/api/docs/" else "'self'"
    assert policy["style-src"] == styles
    assert policy["img-src"] == "'self' data:"


def test_the_docs_page_names_no_other_host(https: APIClient, staff: User) -> None:
    https.force_login(staff)
    page = https.get("/api/docs/").content.decode()
    assert "//" not in page.replace("https://testserver", "")


def test_the_schema_is_data(https: APIClient, staff: User) -> None:
    https.force_login(staff)
    answer = https.get("/api/schema/")
    assert security_headers(answer) == EVERYWHERE | {"Content-Security-Policy": DATA}


def test_hsts_is_not_said_without_tls(http: APIClient) -> None:
    for path in ("/", "/livez", ME, "/nowhere/"):
        assert "Strict-Transport-Security" not in http.get(path)
