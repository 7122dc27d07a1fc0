"""What a browser, a probe or a stranger meets first: CORS, health, transport, bounds, pages."""

from __future__ import annotations

import re

import pytest

from tests.matrix.production import ALLOWED_ORIGIN
from tests.smoke.client import Client, Response
from tests.smoke.service import PASSWORD

ME = "/api/v1/me/"
SESSION = "/api/v1/auth/session/"
PLAIN = {"X-Forwarded-Proto": "http"}


def preflight(client: Client, origin: str) -> Response:
    """Ask what a browser asks before it sends a login."""
    asked = {
        "Origin": origin,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization,content-type",
    }
    return client.request("OPTIONS", "/api/v1/auth/tokens/", headers=asked)


def cors_headers(response: Response) -> list[str]:
    """Return the names of the CORS headers of an answer."""
    return [name for name in response.headers if name.lower().startswith("access-control-")]


def test_a_preflight_of_the_allowed_origin_is_answered(client: Client) -> None:
    answer = preflight(client, ALLOWED_ORIGIN)
    assert answer.status == 200
    assert answer.headers["Access-Control-Allow-Origin"] == ALLOWED_ORIGIN
    assert "POST" in answer.headers["Access-Control-Allow-Methods"]
    assert "authorization" in answer.headers["Access-Control-Allow-Headers"]


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example",
        "null",
        "http://app.example.com",
        "https://app.example.com.evil.example",
        "https://app.example.com:8443",
    ],
)
def test_a_foreign_origin_gets_no_cors_header(client: Client, origin: str) -> None:
    assert cors_headers(preflight(client, origin)) == []
    assert cors_headers(client.get(ME, {"Origin": origin})) == []


@pytest.mark.parametrize("path", ["/livez", "/readyz"])
def test_probes_need_neither_tls_nor_a_known_host(client: Client, path: str) -> None:
    assert client.get(path, PLAIN | {"Host": "10.1.2.3"}).status == 200


def test_plain_http_is_refused_below_api_and_redirected_elsewhere(client: Client) -> None:
    refused = client.get(ME, PLAIN)
    assert refused.is_problem(403)
    assert "Location" not in refused.headers
    redirected = client.get("/admin/login/", PLAIN)
    assert redirected.status in {301, 308}
    assert redirected.headers["Location"].startswith("https://")


def test_an_unknown_host_is_refused(client: Client) -> None:
    assert client.get(ME, {"Host": "evil.example"}).is_problem(400)


@pytest.mark.parametrize("size", [1_000_001, 20_000_000])
def test_a_huge_body_is_refused(client: Client, size: int) -> None:
    body = {"username": "alice", "password": "x" * size}
    assert client.post("/api/v1/auth/tokens/", body).is_problem(413)


def test_every_answer_carries_the_security_headers(client: Client) -> None:
    for answer in (client.get("/"), client.get(ME), client.get("/nowhere")):
        assert "max-age=31536000" in answer.headers["Strict-Transport-Security"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_a_page_logs_in_with_a_session_and_only_with_a_csrf_token(client: Client) -> None:
    login = {"username": "alice", "password": PASSWORD}
    asked = client.get(SESSION)
    token = asked.json["csrf_token"]
    sent = {
        "Cookie": "; ".join(f"{name}={value}" for name, value in asked.cookies().items()),
        "Referer": "https://api.example.com/",
    }
    assert client.post(SESSION, login, sent).is_problem(403)
    opened = client.post(SESSION, login, sent | {"X-CSRFToken": token})
    assert opened.status == 204, opened
    cookies = asked.cookies() | opened.cookies()
    assert set(cookies) == {"__Host-csrftoken", "__Host-sessionid"}
    page = sent | {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}
    assert client.get(ME, page).json["username"] == "alice"
    fresh = client.get(SESSION, page).json["csrf_token"]
    assert client.request("DELETE", SESSION, headers=page).is_problem(403)
    ended = client.request("DELETE", SESSION, headers=page | {"X-CSRFToken": fresh})
    assert ended.status == 204
    assert client.get(ME, page).is_problem(401)


def test_the_admin_shows_its_login_page_with_its_own_styles(client: Client) -> None:
    page = client.get("/admin/login/")
    assert page.status == 200
    assert page.headers.get_content_type() == "text/html"
    style = re.search(r'href="(/static/[^"]+\.css)"', page.body.decode())
    assert style
    answer = client.get(style[1])
    assert (answer.status, answer.headers.get_content_type()) == (200, "text/css")


def test_a_service_without_options_has_none_of_their_routes(bare_client: Client) -> None:
    assert bare_client.get("/").status == 200
    for path in ("/.well-known/jwks.json", "/api/v1/auth/jwt/", "/api/v1/notes/"):
        assert bare_client.get(path).is_problem(404)
    assert cors_headers(preflight(bare_client, ALLOWED_ORIGIN)) == []
    assert cors_headers(bare_client.get("/", {"Origin": ALLOWED_ORIGIN})) == []
