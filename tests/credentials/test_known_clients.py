"""Clients written for DRF's token view and for simplejwt work after a change of addresses."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.error import HTTPError

import pytest

from tests.credentials import proxy
from tests.credentials.accounts import JWT, ME, TOKENS
from tests.credentials.caller import Caller
from tests.credentials.known_clients import JwtClient, TokenClient
from tests.smoke.service import PASSWORD


@pytest.fixture
def base(caller: Caller) -> Iterator[str]:
    """Address of the service as its clients know it."""
    with proxy.address(caller) as address:
        yield address


def test_a_client_of_the_token_view_works(base: str, account: str) -> None:
    client = TokenClient(base, TOKENS)
    client.log_in(account, PASSWORD)
    assert client.get(ME)["username"] == account


def test_a_client_of_simplejwt_works(base: str, account: str) -> None:
    client = JwtClient(base, JWT, f"{JWT}refresh/")
    client.log_in(account, PASSWORD)
    for _ in range(3):
        assert client.get(ME)["username"] == account
        client.renew()
    client.access = client.access[:-4] + "AAAA"
    assert client.get(ME)["username"] == account


def test_a_client_with_a_wrong_password_gets_a_401(base: str, account: str) -> None:
    for client in (TokenClient(base, TOKENS), JwtClient(base, JWT, f"{JWT}refresh/")):
        with pytest.raises(HTTPError) as refusal:
            client.log_in(account, "not-the-password")
        refusal.value.close()
        assert refusal.value.code == 401
