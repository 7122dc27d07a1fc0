"""The order of middleware is a security property."""

import pytest
from django.conf import settings

EDGE = "guard.edge.EdgeMiddleware"
LOG = "guard.request_log.RequestLogMiddleware"
HEADERS = "guard.headers.SecurityHeadersMiddleware"
TLS = "django.middleware.security.SecurityMiddleware"
HEALTH = "guard.health.HealthMiddleware"
CORS = "guard.cors.ReportingCorsMiddleware"  # option: cors
TRANSPORT = "guard.transport.TransportMiddleware"
READ_ONLY = "guard.read_only.ReadOnlyMiddleware"
LIMIT = "guard.anonymous_limit.AnonymousLimitMiddleware"
STATIC = "guard.static_files.StaticFilesMiddleware"
COMMON = "django.middleware.common.CommonMiddleware"
SESSION = "django.contrib.sessions.middleware.SessionMiddleware"
CSRF = "django.middleware.csrf.CsrfViewMiddleware"
LOGIN = "django.contrib.auth.middleware.AuthenticationMiddleware"
PROBLEMS = "guard.problems.ProblemDetailsMiddleware"

ORDER = [
    (EDGE, LOG, "a log line names the address that the edge found"),
    (EDGE, TLS, "a redirect believes the scheme that the edge found"),
    (EDGE, LIMIT, "a limit counts the address that the edge found"),
    (LOG, TLS, "a redirect has an id"),
    (LOG, LIMIT, "a refusal has an id"),
    (HEADERS, TLS, "a redirect has the headers"),
    (HEADERS, HEALTH, "a probe has the headers"),
    (HEADERS, LIMIT, "a refusal has the headers"),
    (HEALTH, TRANSPORT, "a probe comes without TLS"),
    (HEALTH, LIMIT, "a probe has no limit"),
    (HEALTH, COMMON, "a probe comes with any Host"),
    # option: cors
    (CORS, TRANSPORT, "a preflight is not refused"),
    (CORS, READ_ONLY, "a page may read that nothing can be changed"),
    (CORS, LIMIT, "a page may read that it is limited"),
    (CORS, COMMON, "a preflight is not redirected"),
    # end option
    (TRANSPORT, LIMIT, "a credential in clear is not worth a lookup"),
    (HEADERS, READ_ONLY, "a refusal has the headers"),
    (TRANSPORT, READ_ONLY, "a credential in clear is refused as that"),
    (READ_ONLY, LIMIT, "a refusal counts for nobody"),
    (LIMIT, SESSION, "a refusal costs no query"),
    (LIMIT, STATIC, "the limit decides itself what it does not count"),
    (SESSION, CSRF, "the token may be in the session"),
    (SESSION, LOGIN, "who calls is in the session"),
    (CSRF, PROBLEMS, "what a view raises is answered nearest to it"),
]


@pytest.mark.parametrize(("first", "then", "reason"), ORDER, ids=[case[2] for case in ORDER])
def test_order(first: str, then: str, reason: str) -> None:
    assert settings.MIDDLEWARE.index(first) < settings.MIDDLEWARE.index(then), reason


def test_nothing_comes_before_the_edge_or_after_the_problems() -> None:
    assert settings.MIDDLEWARE[0] == EDGE
    assert settings.MIDDLEWARE[-1] == PROBLEMS


def test_no_middleware_is_listed_twice() -> None:
    assert len(settings.MIDDLEWARE) == len(set(settings.MIDDLEWARE))
