"""No header that claims an identity can break a route: 401 or its usual answer, never a 500."""

from typing import Any

import pytest
from django.conf import settings
from rest_framework.test import APIClient

from accounts.models import User
from tests.conftest import Caller, SetRates
from tests.test_closed_by_default import OWN, PUBLIC

TOKEN = "apitoken_" + "x" * 43
MALFORMED = {
    "empty": "",
    "blanks": "   ",
    "a scheme alone": "{scheme}",
    "a scheme and a blank": "{scheme} ",
    "two blanks": "{scheme}  {token}",
    "a tab": "{scheme}\t{token}",
    "a blank that is none": "{scheme}\xa0{token}",
    "a second word": "{scheme} {token} x",
    "a comma and another": "{scheme} {token}, {scheme} {token}",
    "not UTF-8": "{scheme} \xff\xfe",
    "not UTF-8 in the scheme": "\xff\xfe {token}",
    "NUL": "{scheme} \x00",
    "NUL within": "{scheme} {token}\x00",
    "NUL in the scheme": "{scheme}\x00 {token}",
    "control characters": "{scheme} \x01\x02\x1b[31m\x7f",
    "line ends": "{scheme} {token}\r\nX-Injected: 1",
    "8 kB": "{scheme} " + "x" * 8192,
    "1 MB": "{scheme} " + "x" * 1_000_000,
    "8 kB of scheme": "x" * 8192 + " {token}",
    "8 kB of blanks": "{scheme}" + " " * 8192 + "{token}",
    "10,000 dots": "{scheme} " + "." * 10_000,
    "quotes": '{scheme} "{token}"',
    "SQL": "{scheme} ' OR 1=1 --",
    "a format": "{scheme} %s%n{0}${jndi:ldap://x}",
}
SCHEMES = [
    "Token",
    "Bearer",  # option: jwt
    "Basic",
]
COOKIES = {
    "NUL": "a\x00",
    "not UTF-8": "\xff\xfe",
    "8 kB": "x" * 8192,
    "dots": "../../x",
    "empty": "",
}
OTHERS = {
    "X-Request-ID": "x" * 100_000,
    "Accept": "text/" + "x" * 100_000,
    "Accept-Language": "x," * 50_000,
    "Accept-Encoding": "\xff",
    "Cookie": "=;=;;\x00=\xff" + ";a=b" * 10_000,
    "If-Modified-Since": "x" * 10_000,
    "Range": "bytes=0-1," * 10_000,
    "Referer": "http://[",
    "User-Agent": "\x00\xff" * 1000,
    "X-HTTP-Method-Override": "DELETE",
    "X-Forwarded-For": "1.2.3.4," * 10_000,
}
CLOSED = [route for route in OWN if ("GET", route) not in PUBLIC]
PROBLEM = "application/problem+json"
OF_STRANGERS = {(401, PROBLEM), (405, PROBLEM)}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_limits(set_rates: SetRates) -> None:
    set_rates(anon="100000/hour", user="100000/hour")


def answers(client: APIClient, **meta: Any) -> dict[str, tuple[int, str]]:
    """Ask every closed route; a route of POST alone is asked with GET, too."""
    found = {}
    for route in CLOSED:
        answer = client.get(f"/{route}", **meta)
        found[route] = (answer.status_code, answer["Content-Type"])
    return found


@pytest.mark.parametrize("header", MALFORMED.values(), ids=MALFORMED)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_malformed_header_is_a_401_everywhere(
    client: APIClient, scheme: str, header: str
) -> None:
    found = answers(
        client, HTTP_AUTHORIZATION=header.replace("{scheme}", scheme).replace("{token}", TOKEN)
    )
    assert found.values()
    assert {route for route, what in found.items() if what not in OF_STRANGERS} == set()


@pytest.mark.parametrize("cookie", COOKIES.values(), ids=COOKIES)
def test_a_malformed_session_is_a_401_everywhere(client: APIClient, cookie: str) -> None:
    found = answers(client, HTTP_COOKIE=f"{settings.SESSION_COOKIE_NAME}={cookie}")
    assert {route for route, what in found.items() if what not in OF_STRANGERS} == set()


def test_other_headers_change_nothing(call_as: Caller, anna: User) -> None:
    caller = call_as(anna)

    def statuses(**meta: Any) -> dict[str, int]:
        return {route: caller.get(f"/{route}", **meta).status_code for route in CLOSED}

    usual = statuses()
    for name, value in OTHERS.items():
        # `Accept` asks for what no endpoint makes.
        expected = dict.fromkeys(CLOSED, 406) if name == "Accept" else usual
        found = statuses(**{f"HTTP_{name}".upper().replace("-", "_"): value})
        assert found == expected, name
