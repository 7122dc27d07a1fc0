"""What schemathesis cannot know: who is calling, and what the account's password is.

Loaded by schemathesis itself (SCHEMATHESIS_HOOKS). Without it, every login would be refused, and
the first operation that ends a login would leave the rest of the run to a stranger.
"""

from __future__ import annotations

import itertools
import os
from typing import Any

import schemathesis
from schemathesis import AuthContext, Case, GenerationMode, HookContext

from tests.credentials.accounts import (
    ME,
    SESSION,
    TOKENS,
    Headers,
    api_token,
    bearer,
    credentials,
    csrf,
    jwt_pair,
)
from tests.credentials.caller import Caller
from tests.credentials.ledger import SESSION_COOKIE, Ledger
from tests.smoke.service import PASSWORD

PORT, ACCOUNT, CREDENTIAL = "SCANNED_PORT", "SCANNED_AS", "SCANNED_WITH"
turns = itertools.count()


def caller() -> Caller:
    """Return a caller of the service that is scanned."""
    return Caller(int(os.environ[PORT]), Ledger())


def account() -> str:
    """Name of the account that the scan is made with."""
    return os.environ.get(ACCOUNT, "alice")


def log_in(kind: str) -> Headers:
    """Return the headers of a new login of that kind."""
    asked = caller()
    if kind == "token":
        return api_token(asked.post(TOKENS, credentials(account())))
    if kind == "jwt":
        return bearer(jwt_pair(asked, account()))
    page = csrf(asked)
    entered = asked.post(SESSION, credentials(account()), page)
    cookies = "; ".join(f"{name}={value}" for name, value in entered.cookies().items())
    fresh = asked.get(SESSION, {"Cookie": cookies}).json["csrf_token"]
    return page | {"Cookie": cookies, "X-CSRFToken": fresh}


class Login:
    """Holds a login, and logs in again when an operation has ended it."""

    held: Headers | None = None

    def get(self, _case: Case[Any], _context: AuthContext) -> Headers:
        """Return headers that let the account in."""
        if self.held is None or caller().get(ME, self.held).status != 200:
            self.held = log_in(os.environ[CREDENTIAL])
        return self.held

    def set(self, case: Case[Any], data: Headers, _context: AuthContext) -> None:
        """Give them to a request."""
        case.headers.update(data)


if os.environ.get(CREDENTIAL):
    # Asked before every request, and never taken from a store: it may have ended.
    schemathesis.auth(refresh_interval=None)(Login)


@schemathesis.hook
def before_call(_context: HookContext, case: Case[Any], _kwargs: dict[str, Any]) -> None:
    """Give valid requests the values that only an owner of an account has."""
    if case.operation.path == SESSION and SESSION_COOKIE not in case.headers.get("Cookie", ""):
        case.headers.update(csrf(caller()))
    if case.meta is None or case.meta.generation.mode is not GenerationMode.POSITIVE:
        return
    if case.operation.path == f"{TOKENS}{{id}}/" and case.method == "DELETE":
        made = caller().post(TOKENS, credentials(account()))
        case.path_parameters["id"] = made.json["id"]
    if isinstance(case.body, dict):
        case.body |= owned(case.body)


def owned(body: dict[str, Any]) -> dict[str, str]:
    """Return the members that are the owner's secrets; of logins every second stays a failure."""
    if "current_password" in body:
        return {"current_password": PASSWORD, "new_password": PASSWORD}
    if next(turns) % 2:
        return {}
    if "username" in body:
        return credentials(account())
    if "refresh" in body:
        return {"refresh": jwt_pair(caller(), account())["refresh"]}
    return {}
