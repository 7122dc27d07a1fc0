"""Clients as users of two well-known packages have written them; only addresses are parameters."""

from __future__ import annotations

import json
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

SECONDS = 20


def fetch(address: str, data: dict[str, str] | None = None, authorization: str = "") -> Any:
    """Return the JSON of a GET, or of a POST where there is data; HTTPError above 399."""
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    headers |= {"Authorization": authorization} if authorization else {}
    body = json.dumps(data).encode() if data is not None else None
    request = Request(address, data=body, headers=headers)  # noqa: S310 - the test's own address
    with urlopen(request, timeout=SECONDS) as answer:  # noqa: S310 - as above
        return json.loads(answer.read())


class TokenClient:
    """A client of `rest_framework.authtoken.views.obtain_auth_token`."""

    def __init__(self, base: str, token_path: str) -> None:
        self.base, self.token_path = base, token_path
        self.token = ""

    def log_in(self, username: str, password: str) -> None:
        """Fetch the token."""
        credentials = {"username": username, "password": password}
        self.token = fetch(self.base + self.token_path, credentials)["token"]

    def get(self, path: str) -> Any:
        """Return what a path answers to the token."""
        return fetch(self.base + path, authorization=f"Token {self.token}")


class JwtClient:
    """A client of `TokenObtainPairView` and `TokenRefreshView` of djangorestframework-simplejwt."""

    def __init__(self, base: str, obtain_path: str, refresh_path: str) -> None:
        self.base = base
        self.obtain_path, self.refresh_path = obtain_path, refresh_path
        self.access = self.refresh = ""

    def log_in(self, username: str, password: str) -> None:
        """Fetch the pair."""
        credentials = {"username": username, "password": password}
        pair = fetch(self.base + self.obtain_path, credentials)
        self.access, self.refresh = pair["access"], pair["refresh"]

    def renew(self) -> None:
        """Fetch a new access token; the package answers a refresh token only if it rotates."""
        answer = fetch(self.base + self.refresh_path, {"refresh": self.refresh})
        self.access = answer["access"]
        self.refresh = answer.get("refresh", self.refresh)

    def get(self, path: str) -> Any:
        """Return what a path answers; an access token that is refused is renewed once."""
        try:
            return fetch(self.base + path, authorization=f"Bearer {self.access}")
        except HTTPError as error:
            if error.code != 401:
                raise
            error.close()
        self.renew()
        return fetch(self.base + path, authorization=f"Bearer {self.access}")
