"""Every route takes the methods it declares and no other (OWASP ASVS 4.1.4)."""

import pytest
from django.conf import settings
from rest_framework.test import APIClient

from accounts.models import User
from tests.accounts.logins import in_session
from tests.conftest import Caller, SetRates
from tests.test_closed_by_default import ADMIN, ADMINS, OWN

UNDECLARED = ["TRACE", "TRACK", "CONNECT", "PROPFIND", "FOO", "GET\x0b"]
STATIC = f"{settings.STATIC_URL}admin/css/base.css"

pytestmark = pytest.mark.django_db
undeclared = pytest.mark.parametrize("method", UNDECLARED, ids=ascii)


@pytest.fixture(autouse=True)
def _no_limits(set_rates: SetRates) -> None:
    set_rates(anon="100000/hour", user="100000/hour")


def refused_in_full(client: APIClient, method: str, path: str) -> bool:
    """Tell whether an answer is a problem that names what is allowed instead."""
    answer = client.generic(method, path)
    allowed = set(answer.get("Allow", "").split(", "))
    return (
        answer.status_code == 405
        and answer["Content-Type"] == "application/problem+json"
        and answer.json()["code"] == "method_not_allowed"
        and bool(allowed & {"GET", "POST", "DELETE"})
        and method not in allowed
    )


@undeclared
def test_an_endpoint_takes_no_other(call_as: Caller, staff: User, method: str) -> None:
    caller = call_as(staff)
    assert [route for route in OWN if not refused_in_full(caller, method, f"/{route}")] == []


@undeclared
def test_a_stranger_learns_no_more(client: APIClient, method: str) -> None:
    answers = {client.generic(method, f"/{route}").status_code for route in OWN}
    assert answers <= {401, 405}


@undeclared
def test_a_page_of_the_admin_takes_no_other(staff: User, method: str) -> None:
    browser = in_session(staff)
    routes = [*ADMINS, f"{ADMIN}login/"]
    assert [route for route in routes if not refused_in_full(browser, method, f"/{route}")] == []


@pytest.mark.parametrize("method", [*UNDECLARED, "POST", "PUT", "DELETE"], ids=ascii)
def test_a_static_file_is_read_and_nothing_else(client: APIClient, method: str) -> None:
    assert refused_in_full(client, method, STATIC)


@pytest.mark.parametrize("path", ["/livez", "/readyz"])
def test_a_probe_is_read_and_nothing_else(client: APIClient, path: str) -> None:
    for method in (*UNDECLARED, "POST", "DELETE"):
        assert client.generic(method, path).status_code == 404
