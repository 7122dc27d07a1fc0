"""One account, 16 logins for API tokens at the same moment."""

from __future__ import annotations

import re
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest

from tests.credentials.accounts import (
    ME,
    TOKENS,
    api_token,
    credentials,
    give_older_hash,
    new_account,
)
from tests.credentials.caller import Call, Caller
from tests.credentials.deployment import Deployment
from tests.smoke.client import Response

LOGINS = 16
ROUNDS = 3
ROWS = """
SELECT count(*) FROM tokens_apitoken JOIN accounts_user ON accounts_user.id = user_id
WHERE username = %s
"""


@pytest.fixture(scope="session")
def cap(deployment: Deployment) -> int:
    """How many API tokens an account may have."""
    settings = (deployment.project / "config/settings/api_tokens.py").read_text("utf-8")
    found = re.search(r"^API_TOKENS_PER_USER = (\d+)", settings, re.MULTILINE)
    assert found
    return int(found[1])


@contextmanager
def counted(deployment: Deployment, name: str) -> Iterator[list[int]]:
    """Count an account's tokens over and over until the block ends, and once after it."""
    counts: list[int] = []
    done = threading.Event()

    def count() -> None:
        with psycopg.connect(deployment.database_url, autocommit=True) as observer:
            while not done.wait(0.01):
                counts.extend(row[0] for row in observer.execute(ROWS, (name,)))
            counts.extend(row[0] for row in observer.execute(ROWS, (name,)))

    thread = threading.Thread(target=count)
    thread.start()
    try:
        yield counts
    finally:
        done.set()
        thread.join()


def logged_in_at_once(caller: Caller, name: str) -> list[Response]:
    """Log in with one password from all clients."""
    return caller.at_once([Call(TOKENS, credentials(name))] * LOGINS)


def let_in(caller: Caller, answers: list[Response]) -> set[str]:
    """Return the ids of the tokens that still work."""
    return {
        answer.json["id"] for answer in answers if caller.get(ME, api_token(answer)).status == 200
    }


def newest(caller: Caller, answers: list[Response]) -> set[str]:
    """Return the ids in an account's own list, read with the last token that still works."""
    for answer in answers:
        listed = caller.get(TOKENS, api_token(answer))
        if listed.status == 200:
            return {token["id"] for token in listed.json["results"]}
    return set()


def test_the_cap_holds_and_nobody_is_locked_out(
    deployment: Deployment, caller: Caller, account: str, cap: int
) -> None:
    for _ in range(ROUNDS):
        before = caller.post(TOKENS, credentials(account))
        with counted(deployment, account) as counts:
            answers = logged_in_at_once(caller, account)
        assert Counter(answer.status for answer in answers) == {201: LOGINS}
        assert max(counts) <= cap
        assert counts[-1] == cap
        working = let_in(caller, answers)
        assert len(working) == cap
        assert working == newest(caller, answers)
        assert let_in(caller, [before]) == set()
        after = caller.post(TOKENS, credentials(account))
        assert let_in(caller, [after]) == {after.json["id"]}


def test_logins_that_renew_an_older_hash_all_succeed(
    deployment: Deployment, caller: Caller
) -> None:
    name = new_account(deployment.database_url)
    give_older_hash(deployment.database_url, name)
    answers = logged_in_at_once(caller, name)
    assert Counter(answer.status for answer in answers) == {201: LOGINS}
