# option: jwt
"""Other services verify access tokens with the published keys and nothing else."""

import re
from pathlib import Path
from typing import Any

import jwt
import pytest
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer
from rest_framework.test import APIClient

from config.identity import DOMAIN
from jwt_login import keys
from jwt_login.services import TokenPair
from tests.jwt_login import calls, forging
from tests.jwt_login.key_samples import OTHER_PUBLIC

DOCS = Path(__file__).resolve().parents[2] / "docs" / "jwt.md"


def test_the_key_set_is_public_and_may_be_cached(db: None) -> None:
    response = APIClient().get(calls.JWKS)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/json"
    assert response["Cache-Control"] == "public, max-age=300"
    assert "Set-Cookie" not in response


@pytest.mark.django_db
@pytest.mark.parametrize("accept", ["application/jwk-set+json", "*/*", "application/json"])
def test_the_key_set_is_given_under_the_names_that_clients_ask_for(accept: str) -> None:
    response = APIClient().get(calls.JWKS, headers={"accept": accept})
    assert response.status_code == 200
    assert response["Content-Type"] == accept.replace("*/*", "application/json")


def test_the_key_set_holds_the_signing_key_first_and_no_private_member(
    db: None, settings: Settings
) -> None:
    settings.JWT_VERIFY_KEYS = [OTHER_PUBLIC]
    published = APIClient().get(calls.JWKS).json()["keys"]
    signing = keys.private_key(settings.JWT_PRIVATE_KEY).public_key()
    assert published == [keys.jwk(signing), keys.jwk(keys.public_key(OTHER_PUBLIC))]
    assert all(set(key) == {"alg", "crv", "kid", "kty", "use", "x", "y"} for key in published)


def test_a_key_that_is_named_twice_is_published_once(db: None, settings: Settings) -> None:
    signing = keys.public_text(keys.private_key(settings.JWT_PRIVATE_KEY).public_key())
    settings.JWT_VERIFY_KEYS = [signing, OTHER_PUBLIC, OTHER_PUBLIC]
    assert len(APIClient().get(calls.JWKS).json()["keys"]) == 2


def test_no_limit_keeps_a_service_from_the_keys(db: None) -> None:
    client = APIClient()
    assert {client.get(calls.JWKS).status_code for _ in range(110)} == {200}


def test_the_key_set_alone_verifies_an_access_token(pair: TokenPair, settings: Settings) -> None:
    published = jwt.PyJWKSet.from_dict(APIClient().get(calls.JWKS).json())
    key = published[jwt.get_unverified_header(pair.access)["kid"]]
    claims = jwt.decode(
        pair.access, key, issuer=settings.JWT_ISSUER, audience=settings.JWT_AUDIENCE
    )
    assert claims == forging.parts(pair.access)[1]


@pytest.mark.django_db(transaction=True)
def test_the_code_in_the_documentation_verifies_access_tokens_and_no_others(
    pair: TokenPair, live_server: LiveServer
) -> None:
    code = re.search(r"```python\n(.+?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    assert code is not None
    address = f"https://{DOMAIN}{calls.JWKS}"
    assert address in code[1]
    service: dict[str, Any] = {}
    exec(code[1].replace(address, f"{live_server.url}{calls.JWKS}"), service)  # noqa: S102
    assert service["claims_of"](pair.access) == forging.parts(pair.access)[1]
    for other in (
        pair.refresh,
        forging.tampered(pair.access),
        forging.with_claims(pair.access, aud="https://evil.test"),
        forging.with_headers(pair.access, typ="JWT"),
        forging.with_headers(pair.access, forging.STRANGERS_KEY),
    ):
        with pytest.raises(jwt.InvalidTokenError):
            service["claims_of"](other)
