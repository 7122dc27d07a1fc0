"""Logins that race with a password change: none with the old password outlives the answer."""

from __future__ import annotations

import secrets

from tests.credentials.accounts import (
    ME,
    PASSWORD_CHANGE,
    TOKENS,
    Headers,
    api_token,
    credentials,
    csrf,
    give_older_hash,
    logins,
    new_account,
    still_open,
)
from tests.credentials.caller import Call, Caller
from tests.credentials.deployment import Deployment
from tests.smoke.client import Response
from tests.smoke.service import PASSWORD

ROUNDS = 8
# Seconds after the change was sent: among the logins it takes about a quarter of one.
DELAYS = (0, 0.05, 0.1)


def change(holder: Headers, new_password: str, delay: float = 0) -> Call:
    """Return the change of a password by somebody who is logged in."""
    body = {"current_password": PASSWORD, "new_password": new_password}
    return Call(PASSWORD_CHANGE, body, holder, delay)


def holder_of(caller: Caller, name: str) -> Headers:
    """Return the header of a login that changes the password."""
    return api_token(caller.post(TOKENS, credentials(name)))


def assert_only_new_password_holds(
    caller: Caller, name: str, new_password: str, answers: list[Response]
) -> None:
    assert [kind for answer in answers for kind in still_open(caller, answer)] == []
    assert caller.post(TOKENS, credentials(name)).is_problem(401)
    assert caller.post(TOKENS, credentials(name, new_password)).status == 201


def test_no_login_with_the_old_password_outlives_the_change(
    deployment: Deployment, caller: Caller
) -> None:
    page = csrf(caller)
    for _ in range(ROUNDS):
        name, new_password = new_account(deployment.database_url), secrets.token_urlsafe()
        holder = holder_of(caller, name)
        changed, *answers = caller.at_once(
            [change(holder, new_password), *logins(name, page, DELAYS)]
        )
        assert changed.status == 204, changed
        assert {answer.status for answer in answers} <= {200, 201, 204, 401}
        assert_only_new_password_holds(caller, name, new_password, answers)
        assert caller.get(ME, holder).status == 200


def test_no_login_brings_the_old_password_back_by_renewing_its_hash(
    deployment: Deployment, caller: Caller
) -> None:
    page = csrf(caller)
    for _ in range(ROUNDS // 2):
        name, new_password = new_account(deployment.database_url), secrets.token_urlsafe()
        holder = holder_of(caller, name)
        give_older_hash(deployment.database_url, name)
        changed, *answers = caller.at_once(
            [change(holder, new_password), *logins(name, page, DELAYS)]
        )
        assert changed.status == 204, changed
        assert_only_new_password_holds(caller, name, new_password, answers)


def test_of_two_changes_from_the_same_password_one_wins(
    deployment: Deployment, caller: Caller
) -> None:
    for _ in range(ROUNDS // 2):
        name = new_account(deployment.database_url)
        passwords = [secrets.token_urlsafe() for _ in range(2)]
        holders = [holder_of(caller, name) for _ in range(2)]
        answers = caller.at_once(
            [change(*attempt) for attempt in zip(holders, passwords, strict=True)]
        )
        won = [answer.status == 204 for answer in answers]
        assert sum(won) == 1, answers
        after = [caller.post(TOKENS, credentials(name, password)) for password in passwords]
        assert [answer.status == 201 for answer in after] == won
        assert [caller.get(ME, holder).status == 200 for holder in holders] == won
