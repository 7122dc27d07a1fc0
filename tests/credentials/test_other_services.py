"""Another service verifies an access token with the published keys alone, in two languages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jwt
import pytest

from tests.credentials import node, proxy
from tests.credentials.accounts import ME, bearer, jwt_pair
from tests.credentials.caller import Caller
from tests.credentials.deployment import Deployment
from tests.credentials.presented import Presented, presented
from tests.matrix.production import HOST

NAME = f"https://{HOST}"
PACKAGES = ("jose@~6.2.18",)
VERIFIER = Path(__file__).with_name("verify.mjs")


@pytest.fixture
def key_set(caller: Caller) -> Iterator[str]:
    """Address of the published keys."""
    with proxy.address(caller) as base:
        yield f"{base}/.well-known/jwks.json"


@pytest.fixture
def tokens(deployment: Deployment, caller: Caller, account: str) -> dict[str, Presented]:
    """Return what is presented to the other service, by what it is."""
    return presented(jwt_pair(caller, account), deployment.variables["JWT_PRIVATE_KEY"])


@pytest.fixture
def owner(caller: Caller, tokens: dict[str, Presented]) -> str:
    """Id of the account that the tokens speak for, as the service itself says."""
    answer = caller.get(ME, bearer({"access": tokens["genuine"].token}))
    identity: str = answer.json["id"]
    return identity


def test_jose_under_node_accepts_what_is_genuine_and_nothing_else(
    tokens: dict[str, Presented], owner: str, key_set: str, tmp_path: Path
) -> None:
    typed = json.dumps([token.token for token in tokens.values()])
    output = node.run(VERIFIER, tmp_path, key_set, NAME, NAME, packages=PACKAGES, typed=typed)
    verdicts = dict(zip(tokens, json.loads(output), strict=True))
    refusals = {name: verdict.get("refused") for name, verdict in verdicts.items()}
    assert refusals == {name: token.refusal for name, token in tokens.items()}
    assert verdicts["genuine"]["claims"]["sub"] == owner


def accepted(client: jwt.PyJWKClient, token: str) -> dict[str, Any] | None:
    """Return the claims of a token as a service that uses PyJWT reads them."""
    try:
        key = client.get_signing_key_from_jwt(token)
        claims: dict[str, Any] = jwt.decode(
            token, key, algorithms=["ES256"], issuer=NAME, audience=NAME
        )
    except jwt.InvalidTokenError:
        return None
    return claims


def test_the_client_of_pyjwt_accepts_what_is_genuine_and_nothing_else(
    tokens: dict[str, Presented], owner: str, key_set: str
) -> None:
    client = jwt.PyJWKClient(key_set)
    verdicts = {name: accepted(client, token.token) for name, token in tokens.items()}
    refused = {name for name, claims in verdicts.items() if claims is None}
    assert refused == {name for name, token in tokens.items() if token.refusal}
    assert verdicts["genuine"]
    assert verdicts["genuine"]["sub"] == owner
