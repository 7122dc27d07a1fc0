"""The edge: behind it there are facts about the caller, and no header that says otherwise."""

from typing import Any

import pytest
from pytest_django import Settings
from rest_framework.test import APIClient

from guard.edge import PROXY_HEADERS
from tests.conftest import SetRates
from tests.lines import Lines

pytestmark = pytest.mark.urls("tests.guard.urls")

URL = "/api/test/facts/"
LIES = dict.fromkeys(PROXY_HEADERS, "6.6.6.6")
# A header may come as X_Forwarded_For as well: servers write both as HTTP_X_FORWARDED_FOR.
SCHEMES = [
    # flag, what the proxy says, what the service believes
    (False, "https", "http"),
    (True, "https", "https"),
    (True, " HTTPS ", "https"),
    (True, "http", "http"),
    (True, "", "http"),
    (True, "https, http", "http"),
    (True, "wss", "http"),
]


def ask(client: APIClient, **meta: Any) -> Any:
    return client.get(URL, **meta)


def facts(client: APIClient, **meta: Any) -> Any:
    return ask(client, **meta).json()


def test_no_statement_of_a_proxy_reaches_a_view(client: APIClient, settings: Settings) -> None:
    settings.TRUSTED_PROXY_COUNT = 1
    settings.BEHIND_TLS_PROXY = True
    seen = facts(client, **LIES, HTTP_X_OTHER="stays")["headers"]
    assert "HTTP_X_OTHER" in seen
    assert not set(PROXY_HEADERS) & set(seen)


def test_without_trusted_proxies_nothing_that_is_said_counts(client: APIClient) -> None:
    seen = facts(client, **LIES)
    assert (seen["address"], seen["scheme"]) == ("127.0.0.1", "http")
    assert seen["host"] == "testserver"


def test_a_trusted_proxy_says_who_calls(client: APIClient, settings: Settings) -> None:
    settings.TRUSTED_PROXY_COUNT = 1
    seen = facts(client, HTTP_X_FORWARDED_FOR="6.6.6.6, 198.51.100.1", HTTP_X_REAL_IP="6.6.6.6")
    assert seen["address"] == "198.51.100.1"


@pytest.mark.parametrize(("flag", "told", "scheme"), SCHEMES)
def test_the_scheme_is_believed_only_when_told_so(
    client: APIClient,
    settings: Settings,
    flag: bool,  # noqa: FBT001 - a column of the table
    told: str,
    scheme: str,
) -> None:
    settings.BEHIND_TLS_PROXY = flag
    assert facts(client, HTTP_X_FORWARDED_PROTO=told)["scheme"] == scheme


def test_a_tls_proxy_that_says_nothing_about_the_scheme_means_http(
    client: APIClient, settings: Settings
) -> None:
    settings.BEHIND_TLS_PROXY = True
    assert facts(client, **{"wsgi.url_scheme": "https"})["scheme"] == "http"


@pytest.mark.parametrize("header", PROXY_HEADERS)
def test_changing_a_header_does_not_change_the_bucket(
    client: APIClient, set_rates: SetRates, header: str
) -> None:
    set_rates(anon="3/hour")
    answers = [ask(client, **{header: f"198.51.100.{n}"}).status_code for n in range(5)]
    assert answers == [200, 200, 200, 429, 429]


def test_events_name_the_address_that_was_seen(
    client: APIClient, set_rates: SetRates, events: Lines, settings: Settings
) -> None:
    settings.TRUSTED_PROXY_COUNT = 1
    set_rates(anon="1/hour")
    for _ in range(2):
        ask(client, HTTP_X_FORWARDED_FOR="6.6.6.6, 198.51.100.1")
    assert [event["address"] for event in events.records] == ["198.51.100.1"]
