"""What the headers say of a limit is what the counter does."""

from __future__ import annotations

import re

from tests.credentials.accounts import ME, TOKENS, api_token, credentials
from tests.credentials.deployment import Running
from tests.fire.conftest import LOGIN_PERIOD, OF_ACCOUNT, OF_LOGINS, OF_NETWORK
from tests.fire.load import Answer, burst
from tests.fire.messages import address, proxied, request
from tests.fire.patience import Patience
from tests.smoke.client import Response

HOUR = 3600


def stated(response: Response, name: str) -> tuple[int, int, int, int]:
    """Return quota, window, remaining and the seconds of a policy (RateLimit headers, draft 10)."""
    policy = re.search(
        rf'"{name}";q=(\d+);w=(\d+)', ", ".join(response.headers.get_all("RateLimit-Policy", []))
    )
    state = re.search(
        rf'"{name}";r=(\d+);t=(\d+)', ", ".join(response.headers.get_all("RateLimit", []))
    )
    assert policy, dict(response.headers)
    assert state, dict(response.headers)
    return int(policy[1]), int(policy[2]), int(state[1]), int(state[2])


def one(running: Running, headers: dict[str, str], path: str = "/") -> Answer:
    sent = proxied(address()) | headers
    return burst(running.caller.port, [request("GET", path, sent)])[0]


def test_what_remains_for_a_network_counts_down_by_one(behind_proxy: Running) -> None:
    network = {"X-Forwarded-For": address()}
    for passed in range(1, OF_NETWORK + 1):
        quota, window, remaining, _ = stated(one(behind_proxy, network).response, "anon")
        assert (quota, window, remaining) == (OF_NETWORK, HOUR, OF_NETWORK - passed)
    refused = one(behind_proxy, network)
    assert refused.status == 429
    assert stated(refused.response, "anon")[2] == 0


def test_what_remains_for_an_account_counts_down_wherever_it_calls_from(
    behind_proxy: Running, account: str
) -> None:
    token = api_token(behind_proxy.caller.post(TOKENS, credentials(account)))
    for passed in range(1, OF_ACCOUNT + 1):
        quota, window, remaining, _ = stated(one(behind_proxy, token, ME).response, "user")
        assert (quota, window, remaining) == (OF_ACCOUNT, HOUR, OF_ACCOUNT - passed)
    refused = one(behind_proxy, token, ME)
    assert refused.status == 429
    assert stated(refused.response, "user")[2] == 0


def test_waiting_as_long_as_told_is_enough_and_a_second_less_is_not(patience: Patience) -> None:
    first, refused = patience.used[0], patience.refused
    assert [answer.status for answer in patience.used] == [401] * OF_LOGINS
    assert refused.status == 429
    # The first try was counted after it was sent and before it was answered.
    assert refused.answered + patience.seconds >= first.sent + LOGIN_PERIOD
    assert refused.sent + patience.seconds - 1 < first.answered + LOGIN_PERIOD
    patience.waiting.join()
    if patience.early.answered < first.sent + LOGIN_PERIOD:
        assert patience.early.status == 429
    assert patience.late.status == 401
