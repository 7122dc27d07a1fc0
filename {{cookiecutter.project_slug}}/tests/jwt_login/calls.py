# option: jwt
"""The calls that clients make."""

import json
from typing import Any

from rest_framework.test import APIClient

from tests.lines import Lines

LOGIN = "/api/v1/auth/jwt/"
REFRESH = "/api/v1/auth/jwt/refresh/"
REVOKE = "/api/v1/auth/jwt/revoke/"
ME = "/api/v1/me/"
JWKS = "/.well-known/jwks.json"


def call(access: str) -> Any:
    """Ask who the caller is, with an access token."""
    return APIClient().get(ME, headers={"authorization": f"Bearer {access}"})


def post(path: str, body: object) -> Any:
    """Send JSON with every odd character escaped, which is how odd ones get through."""
    return APIClient().post(path, json.dumps(body), content_type="application/json")


def refresh(token: object) -> Any:
    """Refresh."""
    return post(REFRESH, {"refresh": token})


def revoke(token: object) -> Any:
    """Log out."""
    return post(REVOKE, {"refresh": token})


def text(response: Any) -> dict[str, Any]:
    """Return a problem without what differs from call to call."""
    return {n: v for n, v in response.json().items() if n not in {"request_id", "instance"}}


def names(events: Lines) -> list[object]:
    """Return the names of the events so far."""
    return [record["event"] for record in events.records]
