"""One refresh token, used by 32 clients at the same moment."""

from __future__ import annotations

import json
from collections import Counter

import jwt
import psycopg

from tests.credentials.accounts import JWT, ME, bearer, jwt_pair, refreshed
from tests.credentials.caller import Call
from tests.credentials.deployment import Deployment, Running
from tests.smoke.client import Response

CLIENTS = 32
ROUNDS = 20
ROUNDS_OF_GRACE = 8


def used_at_once(running: Running, token: str) -> list[Response]:
    """Refresh with one token from all clients."""
    return running.caller.at_once([Call(f"{JWT}refresh/", {"refresh": token})] * CLIENTS)


def claims(token: str) -> dict[str, str]:
    """Return what a token says, unverified."""
    found: dict[str, str] = jwt.decode(token, options={"verify_signature": False})
    return found


def reuse_events(running: Running, login: str) -> int:
    """Count the lines in the log that report the reuse of a login's refresh token."""
    lines = running.service.output().splitlines()
    return sum(
        event.get("event") == "authn_token_reuse" and event.get("login") == login
        for event in (json.loads(line) for line in lines if "authn_token_reuse" in line)
    )


def test_one_use_succeeds_and_the_login_is_over(running: Running, account: str) -> None:
    caller = running.caller
    for _ in range(ROUNDS):
        pair = jwt_pair(caller, account)
        answers = used_at_once(running, pair["refresh"])
        assert Counter(answer.status for answer in answers) == {200: 1, 401: CLIENTS - 1}
        child = next(answer.json for answer in answers if answer.status == 200)
        assert caller.get(ME, bearer(child)).is_problem(401)
        assert caller.get(ME, bearer(pair)).is_problem(401)
        assert refreshed(caller, child["refresh"]).is_problem(401)
        assert reuse_events(running, claims(pair["refresh"])["sid"]) == 1


def family(deployment: Deployment, login: str) -> tuple[str, str]:
    """Return the ids of the refresh token that is valid now and of the one before it."""
    query = (
        "SELECT current_refresh_id::text, previous_refresh_id::text"
        " FROM jwt_login_jwtlogin WHERE id = %s AND revoked_at IS NULL"
    )
    with psycopg.connect(deployment.database_url) as connection:
        (row,) = connection.execute(query, (login,)).fetchall()
        return row[0], row[1]


def test_within_the_grace_all_uses_get_the_same_new_refresh_token(
    deployment: Deployment, forgiving: Running, account: str
) -> None:
    caller = forgiving.caller
    for _ in range(ROUNDS_OF_GRACE):
        pair = jwt_pair(caller, account)
        parent = claims(pair["refresh"])
        answers = used_at_once(forgiving, pair["refresh"])
        assert Counter(answer.status for answer in answers) == {200: CLIENTS}
        children = {claims(answer.json["refresh"])["jti"] for answer in answers}
        assert len(children) == 1
        assert family(deployment, parent["sid"]) == (*children, parent["jti"])
        child = answers[-1].json
        assert caller.get(ME, bearer(child)).status == 200
        assert refreshed(caller, child["refresh"]).status == 200
        assert reuse_events(forgiving, parent["sid"]) == 0
