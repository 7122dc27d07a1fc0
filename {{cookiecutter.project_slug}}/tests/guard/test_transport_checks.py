"""System checks: loose hosts, believed headers, redirects and a wrong order do not start."""

from typing import Any

import pytest
from pytest_django import Settings

from guard.checks.middleware import (
    CACHES,
    CSRF,
    EDGE,
    HEADERS,
    HEALTH,
    INCOMPLETE,
    LIMIT,
    LOG,
    LOGIN,
    PROBLEMS,
    READ_ONLY,
    SESSION,
    TLS,
    TRANSPORT,
)
from tests.guard.checking import MIDDLEWARE, found, moved, without

pytestmark = pytest.mark.usefixtures("good_settings")

FAULTS: dict[str, tuple[str, str, Any]] = {
    "any host": ("E003", "ALLOWED_HOSTS", ["*"]),
    "hosts below a domain": ("E003", "ALLOWED_HOSTS", ["api.example.com", ".example.com"]),
    "a host with a star": ("E003", "ALLOWED_HOSTS", ["*.example.com"]),
    "the scheme from a header": (
        "E011",
        "SECURE_PROXY_SSL_HEADER",
        ("HTTP_X_FORWARDED_PROTO", "https"),
    ),
    "the host from a header": ("E011", "USE_X_FORWARDED_HOST", True),
    "the port from a header": ("E011", "USE_X_FORWARDED_PORT", True),
    "an exemption anywhere": ("E012", "SECURE_REDIRECT_EXEMPT", ["^api/", "livez"]),
    "an exemption of all": ("E012", "SECURE_REDIRECT_EXEMPT", ["^api/", "^.*"]),
    "an exemption of the admin": ("E012", "SECURE_REDIRECT_EXEMPT", ["^api/", "^admin/"]),
    "the API is redirected": ("E023", "SECURE_REDIRECT_EXEMPT", [r"^livez$"]),
}
ORDERS: dict[str, tuple[str, list[str]]] = {
    "no edge": ("E004", without(EDGE)),
    "the edge second": ("E004", moved(EDGE, HEADERS)),
    "something before the edge": ("E004", ["django.middleware.gzip.GZipMiddleware", *MIDDLEWARE]),
    "no log": ("E005", without(LOG)),
    "no security headers": ("E005", without(HEADERS)),
    "broken bodies are let in": ("E005", without(INCOMPLETE)),
    "plain HTTP is let in": ("E005", without(TRANSPORT)),
    "writes are let in": ("E005", without(READ_ONLY)),
    "strangers are not limited": ("E005", without(LIMIT)),
    "errors outside of DRF are pages": ("E005", without(PROBLEMS)),
    "the log after the headers": ("E006", moved(LOG, TLS)),
    "the headers after redirects": ("E006", moved(TLS, HEADERS)),
    "the headers after probes": ("E006", moved(HEALTH, HEADERS)),
    "the headers after refusals": ("E006", moved(TRANSPORT, HEADERS)),
    "the limit before the headers": ("E006", moved(LIMIT, HEADERS)),
    "the limit before plain HTTP is refused": ("E006", moved(LIMIT, TRANSPORT)),
    "refusals of writes are counted": ("E006", moved(LIMIT, READ_ONLY)),
    "refusals of writes before the headers": ("E006", moved(READ_ONLY, HEADERS)),
    "the limit after a look-up": ("E006", moved(SESSION, LIMIT)),
    "the limit after authentication": ("E006", moved(LIMIT, PROBLEMS)),
    "a log-in before the limit": ("E006", moved(LOGIN, LIMIT)),
    "CSRF nearest to the views": ("E006", [*without(CSRF), CSRF]),
    "authentication nearest to the views": ("E006", [*without(LOGIN), LOGIN]),
    **{
        f"whole answers are kept: {name}": ("E007", [*MIDDLEWARE[:-1], name, PROBLEMS])
        for name in CACHES
    },
}


@pytest.mark.parametrize(("fault", "name", "value"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_found(settings: Settings, fault: str, name: str, value: Any) -> None:
    setattr(settings, name, value)
    assert found() == {f"guard.{fault}"}


@pytest.mark.parametrize(("fault", "middleware"), ORDERS.values(), ids=ORDERS)
def test_middleware_that_does_not_protect_is_found(
    settings: Settings, fault: str, middleware: list[str]
) -> None:
    settings.MIDDLEWARE = middleware
    # What belongs to an option (E1..) has its own table.
    own = {each for each in found() if not each.startswith("guard.E1")}
    assert own == {f"guard.{fault}"}
