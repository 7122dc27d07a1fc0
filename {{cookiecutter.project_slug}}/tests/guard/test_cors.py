# option: cors
"""CORS: the pages of exactly the listed origins may call the API, without cookies."""

from typing import Any

import pytest
from django.conf import settings
from rest_framework.test import APIClient

from accounts.models import User
from tests.conftest import ME, Caller, SetRates

OURS = "https://app.example.com"
FOREIGN = {
    "null": "null",
    "empty": "",
    "a wildcard": "*",
    "evil": "https://evil.test",
    "ours as a prefix": "https://app.example.com.evil.test",
    "ours as a suffix": "https://evil-app.example.com",
    "ours as a path": "https://evil.test/app.example.com",
    "ours with a path": "https://app.example.com/",
    "ours with a query": "https://app.example.com?x",
    "ours as user info": "https://app.example.com@evil.test",
    "ours with user info": "https://evil@app.example.com",
    "a subdomain": "https://x.app.example.com",
    "the domain above": "https://example.com",
    "the http variant": "http://app.example.com",
    "another port": "https://app.example.com:8443",
    "the default port": "https://app.example.com:443",
    "a trailing dot": "https://app.example.com.",
    "upper case": "https://APP.EXAMPLE.COM",
    "a scheme in upper case": "HTTPS://app.example.com",
    "a tab within": "https://app.exa\tmple.com",
    "two origins": "https://app.example.com, https://evil.test",
    "NUL": "https://app.example.com\x00.evil.test",
    "a look-alike": "https://\u0430pp.example.com",
    "a file": "file://",
    "no origin at all": "https://[",
}
OUTSIDE = [
    "/",
    "/livez",
    "/nowhere/",
    "/apis/",
    f"/{settings.ADMIN_PATH}/login/",
    "/.well-known/jwks.json",  # option: jwt
]


@pytest.fixture(autouse=True)
def _needs_database(db: None) -> None:
    """An answer to a session's cookie looks it up."""


def told(answer: Any) -> dict[str, str]:
    """Return what an answer allows other origins."""
    return {k.lower(): v for k, v in answer.items() if k.lower().startswith("access-control")}


def preflight(client: APIClient, path: str, origin: str) -> Any:
    asked = {"access-control-request-method": "POST", "origin": origin}
    asked["access-control-request-headers"] = "authorization,content-type"
    return client.options(path, headers=asked)


def test_a_page_of_ours_may_read_an_answer(call_as: Caller, anna: User) -> None:
    answer = call_as(anna).get(ME, headers={"origin": OURS})
    assert answer.status_code == 200
    assert told(answer) == {
        "access-control-allow-origin": OURS,
        "access-control-expose-headers": "RateLimit, RateLimit-Policy, Retry-After, X-Request-ID",
    }
    assert "origin" in answer["Vary"]


def test_a_page_of_ours_may_read_refusals_too(client: APIClient, set_rates: SetRates) -> None:
    set_rates(anon="2/hour")
    for path, status in ((ME, 401), ("/api/nowhere/", 404), (ME, 429)):
        answer = client.get(path, headers={"origin": OURS})
        assert answer.status_code == status
        assert told(answer)["access-control-allow-origin"] == OURS


@pytest.mark.parametrize("origin", FOREIGN.values(), ids=FOREIGN)
def test_no_other_page_is_told_anything(client: APIClient, origin: str) -> None:
    assert told(client.get(ME, headers={"origin": origin})) == {}
    assert told(preflight(client, ME, origin)) == {}


def test_cookies_are_not_sent_across_origins(client: APIClient) -> None:
    for answer in (client.get(ME, headers={"origin": OURS}), preflight(client, ME, OURS)):
        assert "access-control-allow-credentials" not in told(answer)


def test_a_preflight_is_answered_before_anything_can_refuse_it(
    http: APIClient, set_rates: SetRates
) -> None:
    set_rates(anon="1/hour")
    for _ in range(3):
        answer = preflight(http, "/api/v1/auth/tokens/", OURS)
        assert answer.status_code == 200
        assert told(answer)["access-control-allow-origin"] == OURS
        assert "authorization" in told(answer)["access-control-allow-headers"]
        assert "POST" in told(answer)["access-control-allow-methods"]


@pytest.mark.parametrize("path", OUTSIDE)
def test_outside_of_the_api_no_page_is_told_anything(client: APIClient, path: str) -> None:
    assert told(client.get(path, headers={"origin": OURS})) == {}
    assert told(preflight(client, path, OURS)) == {}
