"""320 requests of 32 clients at once: exactly as many pass as the limit says, in every round."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Iterator

import pytest

from tests.credentials.accounts import ME, TOKENS, credentials
from tests.credentials.deployment import Deployment, Running
from tests.credentials.ledger import Ledger
from tests.fire.bearers import INVENTED, tokens_of_new_account
from tests.fire.conftest import OF_ACCOUNT, OF_LOGINS, OF_NETWORK
from tests.fire.disguises import REQUESTS, Disguise, crowd
from tests.fire.load import Answer


def statuses(answers: list[Answer]) -> dict[int, int]:
    return dict(Counter(answer.status for answer in answers))


def passing(limit: int, status: int) -> dict[int, int]:
    return {status: limit, 429: REQUESTS - limit}


def test_anonymous_requests_of_a_network(rounds: Iterator[Disguise], canary: str) -> None:
    for network in rounds:
        answers = network.burst("GET", f"/?secret={canary}")
        assert statuses(answers) == passing(OF_NETWORK, 200), network.name


@pytest.mark.parametrize("kind", INVENTED)
def test_credentials_that_a_network_guesses(
    rounds: Iterator[Disguise], kind: str, canary: str
) -> None:
    for network in rounds:
        guesses = [{"Authorization": INVENTED[kind](canary)} for _ in range(REQUESTS)]
        answers = network.burst("GET", ME, guesses)
        assert statuses(answers) == passing(OF_NETWORK, 401), network.name


def test_requests_of_an_account_with_all_its_tokens(
    rounds: Iterator[Disguise], deployment: Deployment, behind_proxy: Running, ledger: Ledger
) -> None:
    for network in rounds:
        tokens = tokens_of_new_account(deployment.database_url, ledger)
        headers = [{"Authorization": f"Token {token}"} for token in tokens]
        everywhere = crowd(behind_proxy.caller.port)
        caller = everywhere if secrets.randbelow(2) else network
        assert statuses(caller.burst("GET", ME, headers)) == passing(OF_ACCOUNT, 200), caller.name


def test_passwords_that_a_network_tries(
    rounds: Iterator[Disguise], account: str, canary: str
) -> None:
    for network in rounds:
        answers = network.burst("POST", TOKENS, data=credentials(account, canary))
        assert statuses(answers) == passing(OF_LOGINS, 401), network.name
