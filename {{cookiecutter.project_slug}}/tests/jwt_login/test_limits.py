# option: jwt
"""Guessing is limited: passwords by the limit of logins, tokens by that of strangers."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.jwt_login import calls


@pytest.mark.django_db
def test_the_11th_login_within_a_minute_is_a_429() -> None:
    credentials = {"username": "anna", "password": "not it at all"}
    answers = [calls.post(calls.LOGIN, credentials).status_code for _ in range(11)]
    assert answers == [401] * 10 + [429]


@pytest.mark.django_db
@pytest.mark.parametrize("door", [calls.call, calls.refresh, calls.revoke])
def test_the_101st_bad_token_within_an_hour_is_a_429(door: Callable[[str], Any]) -> None:
    assert [door("nonsense").status_code for _ in range(101)] == [401] * 100 + [429]
