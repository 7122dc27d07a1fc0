# option: cors
"""A page of another origin that calls the API is one event, whatever it sends."""

import pytest
from rest_framework.test import APIClient

from accounts.models import User
from tests.conftest import ME, Caller
from tests.events import assert_exactly
from tests.guard.test_cors import FOREIGN, OURS, preflight
from tests.lines import Lines

REFUSED = "malicious_cors"
EVIL = "https://evil.test"
ORIGINS = {name: origin for name, origin in FOREIGN.items() if origin}


@pytest.mark.parametrize("origin", ORIGINS.values(), ids=ORIGINS)
def test_a_preflight_of_another_page(db: None, origin: str, events: Lines) -> None:
    preflight(APIClient(), ME, origin)
    assert_exactly(events, REFUSED, account=None)
    assert events.records[0]["origin"] == origin


@pytest.mark.parametrize("origin", ORIGINS.values(), ids=ORIGINS)
def test_a_call_of_another_page(call_as: Caller, anna: User, origin: str, events: Lines) -> None:
    assert call_as(anna).get(ME, headers={"origin": origin}).status_code == 200
    assert_exactly(events, REFUSED, account=None)


@pytest.mark.parametrize("origin", [OURS, "http://testserver", ""])
def test_our_own_pages_and_allowed_ones_are_no_event(db: None, origin: str, events: Lines) -> None:
    preflight(APIClient(), ME, origin)
    APIClient().get(ME, headers={"origin": origin})
    assert events.names == []


def test_outside_of_the_api_nothing_is_decided(db: None, events: Lines) -> None:
    for path in ("/", "/livez", "/nowhere/"):
        APIClient().get(path, headers={"origin": EVIL})
        preflight(APIClient(), path, EVIL)
    assert events.names == []


def test_a_wrong_host_is_that_and_nothing_else(db: None, events: Lines) -> None:
    APIClient().get(ME, headers={"origin": EVIL}, HTTP_HOST="evil.test")
    assert_exactly(events, "malicious_host", account=None)


def test_an_endless_origin_is_cut(db: None, events: Lines) -> None:
    APIClient().get(ME, headers={"origin": "https://" + "x" * 10_000})
    assert len(str(events.records[0]["origin"])) == 200
