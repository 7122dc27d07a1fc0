"""The database holds no credential that was handed out, and no password."""

from __future__ import annotations

import secrets

from tests.credentials.accounts import (
    JWT,
    ME,
    PASSWORD_CHANGE,
    SESSION,
    TOKENS,
    api_token,
    bearer,
    credentials,
    csrf,
    jwt_pair,
    refreshed,
)
from tests.credentials.caller import Caller
from tests.credentials.deployment import Deployment
from tests.credentials.ledger import SESSION_COOKIE, Ledger, dump, parts, readable
from tests.smoke.service import PASSWORD

KINDS = {"password", "token", "access", "refresh", "session"}


def use_everything(caller: Caller, name: str) -> None:
    """Take a credential of each kind, use each, and change the password."""
    token = api_token(caller.post(TOKENS, credentials(name) | {"name": "a laptop"}))
    pair = jwt_pair(caller, name)
    pair = refreshed(caller, pair["refresh"]).json
    entered = caller.post(SESSION, credentials(name), csrf(caller))
    session = {"Cookie": f"{SESSION_COOKIE}={entered.cookies()[SESSION_COOKIE]}"}
    for headers in (token, bearer(pair), session):
        assert caller.get(ME, headers).status == 200
    caller.post(TOKENS, credentials(name, secrets.token_urlsafe()))
    body = {"current_password": PASSWORD, "new_password": secrets.token_urlsafe()}
    assert caller.post(PASSWORD_CHANGE, body, token).status == 204
    assert caller.post(f"{JWT}revoke/", {"refresh": pair["refresh"]}).status == 204


def test_a_dump_holds_nothing_that_was_handed_out(
    deployment: Deployment, caller: Caller, ledger: Ledger, account: str
) -> None:
    use_everything(caller, account)
    assert set(ledger.handed_out) >= KINDS
    assert account in dump(deployment.database_url)["public.accounts_user"]
    assert readable(ledger, deployment.database_url) == {}


def test_the_search_finds_what_it_looks_for(caller: Caller, ledger: Ledger, account: str) -> None:
    token = caller.post(TOKENS, credentials(account)).json["token"]
    pair = jwt_pair(caller, account)
    for secret in (*parts(token), *parts(pair["refresh"]), PASSWORD):
        assert ledger.found_in(f"1\t{secret}\t2026-01-01")
        assert ledger.found_in(f"1\t\\\\x{secret.encode().hex()}\t2026-01-01")
    assert ledger.found_in("a column\teyJhbGciOiJFUzI1NiJ9") == ["JWT"]
    assert ledger.found_in("a hash\targon2$c2FsdeyJ0") == []
