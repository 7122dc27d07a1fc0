# option: jwt
"""No forged token is accepted, and none is told why."""

from collections.abc import Callable
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from jwt_login import access, refresh
from jwt_login.services import TokenPair
from tests.jwt_login import calls, forging
from tests.jwt_login.attacks import ATTACKS, Attack

GENERIC = {
    "type": "about:blank",
    "title": "Unauthorized",
    "status": 401,
    "code": "not_authenticated",
    "detail": "Valid credentials are needed.",
}
DOORS: dict[str, Callable[[str], Any]] = {
    "access": calls.call,
    "refresh": calls.refresh,
    "revoke": calls.revoke,
}


def token_for(door: str, pair: TokenPair) -> str:
    return pair.access if door == "access" else pair.refresh


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS.keys())
def test_a_forged_token_is_one_generic_401_without_a_query(
    attack: Attack, pair: TokenPair, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for door, knock in DOORS.items():
        forged = attack(token_for(door, pair))
        with django_assert_num_queries(0):
            response = knock(forged)
        assert response.status_code == 401, door
        assert calls.text(response) == GENERIC
        assert response["WWW-Authenticate"]


@pytest.mark.parametrize(("door", "status"), [("access", 200), ("refresh", 200), ("revoke", 204)])
def test_what_the_forger_signs_without_a_change_is_accepted(
    door: str, status: int, pair: TokenPair
) -> None:
    """So that the table above fails for the reason that each row names."""
    resigned = forging.sign(*forging.parts(token_for(door, pair)))
    assert DOORS[door](resigned).status_code == status


@pytest.mark.parametrize("door", DOORS)
def test_the_other_kind_of_token_is_refused(door: str, pair: TokenPair) -> None:
    other = pair.refresh if door == "access" else pair.access
    response = DOORS[door](other)
    assert (response.status_code, calls.text(response)) == (401, GENERIC)


def test_a_refresh_token_is_refused_by_type_and_by_audience_each_alone(pair: TokenPair) -> None:
    claims_of_access = forging.parts(pair.access)[1]
    dressed_by_type = forging.with_headers(pair.refresh, typ=access.KIND)
    dressed_by_audience = forging.with_claims(pair.refresh, aud=claims_of_access["aud"])
    assert calls.call(dressed_by_type).status_code == 401
    assert calls.call(dressed_by_audience).status_code == 401


def test_an_access_token_is_refused_as_refresh_by_type_and_by_audience_each_alone(
    pair: TokenPair,
) -> None:
    dressed_by_type = forging.with_headers(pair.access, typ=refresh.KIND)
    dressed_by_audience = forging.with_claims(pair.access, aud=refresh.audience())
    assert calls.refresh(dressed_by_type).status_code == 401
    assert calls.refresh(dressed_by_audience).status_code == 401
