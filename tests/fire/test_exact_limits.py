"""320 requests of 32 clients at once: exactly as many pass as the limit says, in every round."""

from __future__ import annotations

import pytest

from tests.credentials.accounts import ME, TOKENS, credentials, new_account
from tests.credentials.deployment import Deployment
from tests.fire.bearers import INVENTED, tokens_of_new_account
from tests.fire.conftest import OF_ACCOUNT, OF_LOGINS, OF_NETWORK
from tests.fire.disguises import REQUESTS, Disguise
from tests.fire.load import Answer
from tests.fire.rounds import Rounds


def passing(limit: int, status: int) -> dict[int, int]:
    return {status: limit, 429: REQUESTS - limit}


def test_anonymous_requests_of_a_network(rounds: Rounds, canary: str) -> None:
    rounds.show(
        lambda network: network.burst("GET", f"/?secret={canary}"), passing(OF_NETWORK, 200)
    )


@pytest.mark.parametrize("kind", INVENTED)
def test_credentials_that_a_network_guesses(rounds: Rounds, kind: str, canary: str) -> None:
    def guess(network: Disguise) -> list[Answer]:
        guesses = [{"Authorization": INVENTED[kind](canary)} for _ in range(REQUESTS)]
        return network.burst("GET", ME, guesses)

    rounds.show(guess, passing(OF_NETWORK, 401))


def test_requests_of_an_account_with_all_its_tokens_from_everywhere(
    rounds: Rounds, deployment: Deployment, canary: str
) -> None:
    def call(network: Disguise) -> list[Answer]:
        tokens = tokens_of_new_account(deployment.database_url, canary)
        headers = [{"Authorization": f"Token {token}"} for token in tokens]
        return network.crowd().burst("GET", ME, headers)

    rounds.show(call, passing(OF_ACCOUNT, 200))


def test_passwords_that_a_network_tries(
    rounds_of_logins: Rounds, deployment: Deployment, canary: str
) -> None:
    def guess(network: Disguise) -> list[Answer]:
        account = new_account(deployment.database_url)  # one that is not under attack yet
        return network.insist("POST", TOKENS, credentials(account, canary))

    rounds_of_logins.show(guess, passing(OF_LOGINS, 401))
