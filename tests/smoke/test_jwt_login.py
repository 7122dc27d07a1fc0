"""JWT logins: what another service can verify, and how a login goes on and ends."""

from __future__ import annotations

from typing import Any

import jwt

from tests.matrix.production import HOST
from tests.smoke.client import Client
from tests.smoke.service import PASSWORD

LOGIN = "/api/v1/auth/jwt/"
ME = "/api/v1/me/"
ISSUER = f"https://{HOST}"


def log_in(client: Client, name: str) -> dict[str, str]:
    """Return the access and the refresh token of a new login."""
    answer = client.post(LOGIN, {"username": name, "password": PASSWORD})
    assert answer.status == 200, answer
    tokens: dict[str, str] = answer.json
    return tokens


def bearer(tokens: dict[str, str]) -> dict[str, str]:
    """Return the header of an access token."""
    return {"Authorization": f"Bearer {tokens['access']}"}


def verified(access: str, key_set: dict[str, Any]) -> dict[str, Any]:
    """Read an access token as another service does, with nothing but the published keys."""
    key_id = jwt.get_unverified_header(access)["kid"]
    key = jwt.PyJWKSet.from_dict(key_set)[key_id]
    claims: dict[str, Any] = jwt.decode(
        access, key, algorithms=["ES256"], issuer=ISSUER, audience=ISSUER
    )
    return claims


def test_another_service_verifies_with_the_key_set_alone(client: Client) -> None:
    tokens = log_in(client, "alice")
    key_set = client.get("/.well-known/jwks.json").json
    assert all("d" not in key for key in key_set["keys"])
    claims = verified(tokens["access"], key_set)
    assert claims["sub"] == client.get(ME, bearer(tokens)).json["id"]
    assert claims["exp"] - claims["iat"] == 5 * 60


def test_a_refresh_token_works_once_and_its_reuse_ends_the_login(client: Client) -> None:
    first = log_in(client, "bob")
    assert client.get(ME, bearer(first)).status == 200
    answer = client.post(f"{LOGIN}refresh/", {"refresh": first["refresh"]})
    assert answer.status == 200
    second = answer.json
    assert client.get(ME, bearer(second)).status == 200
    assert client.post(f"{LOGIN}refresh/", {"refresh": first["refresh"]}).is_problem(401)
    assert client.get(ME, bearer(second)).is_problem(401)
    assert client.post(f"{LOGIN}refresh/", {"refresh": second["refresh"]}).is_problem(401)


def test_a_revoked_login_is_over_at_once(client: Client) -> None:
    tokens = log_in(client, "carol")
    assert client.post(f"{LOGIN}revoke/", {"refresh": tokens["refresh"]}).status == 204
    assert client.get(ME, bearer(tokens)).is_problem(401)
    assert client.post(f"{LOGIN}refresh/", {"refresh": tokens["refresh"]}).is_problem(401)


def test_a_refresh_token_is_no_access_token(client: Client) -> None:
    tokens = log_in(client, "dave")
    swapped = {"access": tokens["refresh"], "refresh": tokens["access"]}
    assert client.get(ME, bearer(swapped)).is_problem(401)
    assert client.post(f"{LOGIN}refresh/", {"refresh": swapped["refresh"]}).is_problem(401)
