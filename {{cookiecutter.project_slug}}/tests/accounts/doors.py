"""Every door that takes a user name and a password."""

import json
from dataclasses import dataclass
from typing import Any

import pytest
from django.conf import settings
from rest_framework.test import APIClient


@dataclass(frozen=True)
class Door:
    """Where a password is taken; `right` and `wrong` are the status codes of the answers."""

    path: str
    right: int
    wrong: int
    form: bool = False

    def knock(
        self, client: APIClient, username: str, password: str, address: str = "127.0.0.1"
    ) -> Any:
        """Try to log in from an address."""
        credentials = {"username": username, "password": password}
        if self.form:
            return client.post(self.path, credentials, format="multipart", REMOTE_ADDR=address)
        body = json.dumps(credentials)  # ASCII, so that half a surrogate pair can be sent
        return client.generic("POST", self.path, body, "application/json", REMOTE_ADDR=address)


DOORS = {
    "api token": Door("/api/v1/auth/tokens/", right=201, wrong=401),
    "session": Door("/api/v1/auth/session/", right=204, wrong=401),
    "jwt": Door("/api/v1/auth/jwt/", right=200, wrong=401),  # option: jwt
    "admin": Door(f"/{settings.ADMIN_PATH}/login/", right=302, wrong=200, form=True),
}
API_DOORS = {name: door for name, door in DOORS.items() if not door.form}

at_every_door = pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)
at_every_api_door = pytest.mark.parametrize("door", API_DOORS.values(), ids=API_DOORS)
