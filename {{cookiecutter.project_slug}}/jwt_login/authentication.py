# option: jwt
"""Lets a request in by its access token."""

from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.request import Request

from accounts.models import User
from jwt_login import access
from jwt_login.errors import InvalidToken
from jwt_login.models import JwtLogin
from jwt_login.services import live_login


class JwtAuthentication(BaseAuthentication):
    """``Authorization: Bearer <access token>`` (RFC 6750); ``request.auth`` is the JwtLogin.

    One query for a genuine token, none for any other.
    """

    keyword = "Bearer"

    def authenticate(self, request: Request) -> tuple[User, JwtLogin] | None:
        """Return user and login, or None if the header names another scheme.

        Raises InvalidToken for a header of this scheme that is malformed, and for a token that is
        not genuine, has ended, or whose login or user has.
        """
        header = get_authorization_header(request)
        words = header.split()
        if not words or words[0].lower() != self.keyword.lower().encode():
            return None
        try:
            # Not the second word: more or other white space than one blank is malformed.
            token = header.partition(b" ")[2].decode("ascii")
        except UnicodeDecodeError:
            raise InvalidToken from None
        login = live_login(access.read(token))
        return login.user, login

    def authenticate_header(self, request: Request) -> str:
        """Name the scheme, which makes a refusal a 401."""
        return challenge()


def challenge() -> str:
    """Return the value of WWW-Authenticate."""
    return f'{JwtAuthentication.keyword} realm="api"'
