"""Every way to be logged in, and which of them still work."""

from rest_framework.test import APIClient

from accounts.models import User
from jwt_login.services import start  # option: jwt
from tests.conftest import ME
from tokens.services import create_token

KINDS = (
    "api token",
    "session",
    "jwt",  # option: jwt
)


def bearing(credential: str) -> APIClient:
    """Return a caller with an Authorization header."""
    return APIClient(headers={"authorization": credential})


def in_session(user: User, *, checked: bool = False) -> APIClient:
    """Return a browser with a session; `checked` makes it prove itself against CSRF."""
    client = APIClient(enforce_csrf_checks=checked)
    client.force_login(user)
    return client


def every_login(user: User) -> dict[str, APIClient]:
    """Log an account in by every way there is."""
    return {
        "api token": bearing(f"Token {create_token(user, '')[1]}"),
        "session": in_session(user),
        "jwt": bearing(f"Bearer {start(user).access}"),  # option: jwt
    }


def alive(logins: dict[str, APIClient]) -> set[str]:
    """Return which of them are still let in."""
    return {name for name, client in logins.items() if client.get(ME).status_code == 200}
