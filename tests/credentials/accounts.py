"""Makes accounts in a service's database, and logs in through each of its doors."""

from __future__ import annotations

import hashlib
import secrets
from base64 import b64encode
from collections.abc import Iterable
from uuid import uuid4

import psycopg

from tests.credentials.caller import Call, Caller
from tests.credentials.ledger import SESSION_COOKIE
from tests.matrix.production import HOST
from tests.smoke.client import Response
from tests.smoke.service import PASSWORD

TOKENS = "/api/v1/auth/tokens/"
JWT = "/api/v1/auth/jwt/"
SESSION = "/api/v1/auth/session/"
PASSWORD_CHANGE = "/api/v1/auth/password/"  # noqa: S105 - an address
ME = "/api/v1/me/"
CSRF_COOKIE = "__Host-csrftoken"
ITERATIONS = 200_000

Headers = dict[str, str]


def new_account(database_url: str) -> str:
    """Return the name of a new account with the usual password, and thus with alice's hash."""
    name = f"user-{secrets.token_hex(6)}"
    with psycopg.connect(database_url) as connection:
        connection.execute(
            "CREATE TEMPORARY TABLE copy AS SELECT * FROM accounts_user WHERE username = 'alice'"
        )
        connection.execute("UPDATE copy SET id = %s, username = %s", (uuid4(), name))
        connection.execute("INSERT INTO accounts_user SELECT * FROM copy")
    return name


def give_older_hash(database_url: str, name: str) -> None:
    """Hash an account's password as services did before Argon2; a login renews the hash."""
    salt = secrets.token_hex(11)
    digest = hashlib.pbkdf2_hmac("sha256", PASSWORD.encode(), salt.encode(), ITERATIONS)
    encoded = f"pbkdf2_sha256${ITERATIONS}${salt}${b64encode(digest).decode()}"
    with psycopg.connect(database_url) as connection:
        query = "UPDATE accounts_user SET password = %s WHERE username = %s"
        connection.execute(query, (encoded, name))


def credentials(name: str, password: str = PASSWORD) -> dict[str, str]:
    """Return the body of a login."""
    return {"username": name, "password": password}


def api_token(answer: Response) -> Headers:
    """Return the header of the API token that a login answered."""
    assert answer.status == 201, answer
    return {"Authorization": f"Token {answer.json['token']}"}


def bearer(pair: dict[str, str]) -> Headers:
    """Return the header of an access token."""
    return {"Authorization": f"Bearer {pair['access']}"}


def jwt_pair(caller: Caller, name: str) -> dict[str, str]:
    """Return the access and the refresh token of a new login."""
    answer = caller.post(JWT, credentials(name))
    assert answer.status == 200, answer
    pair: dict[str, str] = answer.json
    return pair


def refreshed(caller: Caller, token: str) -> Response:
    """Use a refresh token."""
    return caller.post(f"{JWT}refresh/", {"refresh": token})


def csrf(caller: Caller) -> Headers:
    """Return the headers with which a page of the service's own origin may write."""
    answer = caller.get(SESSION)
    return {
        "Cookie": f"{CSRF_COOKIE}={answer.cookies()[CSRF_COOKIE]}",
        "X-CSRFToken": answer.json["csrf_token"],
        "Origin": f"https://{HOST}",
    }


def logins(name: str, page: Headers, delays: Iterable[float]) -> list[Call]:
    """Return logins through each door, one for each delay."""
    body = credentials(name)
    return [
        Call(path, body, headers, delay)
        for delay in delays
        for path, headers in ((TOKENS, {}), (JWT, {}), (SESSION, page))
    ]


def still_open(caller: Caller, answer: Response) -> list[str]:
    """Return the credentials of a login's answer that still let somebody in."""
    found = []
    if SESSION_COOKIE in answer.cookies():
        cookie = {"Cookie": f"{SESSION_COOKIE}={answer.cookies()[SESSION_COOKIE]}"}
        found += ["session"] * (caller.get(ME, cookie).status != 401)
    elif answer.status == 201:
        found += ["token"] * (caller.get(ME, api_token(answer)).status != 401)
    elif answer.status == 200:
        found += ["access"] * (caller.get(ME, bearer(answer.json)).status != 401)
        found += ["refresh"] * (refreshed(caller, answer.json["refresh"]).status != 401)
    return found
