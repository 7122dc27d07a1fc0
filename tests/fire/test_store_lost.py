"""Redis is lost in the middle of a load: stopped and started, then hanging and let go on."""

from __future__ import annotations

import pytest

from tests.credentials.deployment import Deployment
from tests.fire.outages import (
    LIST,
    LOGIN,
    LOSSES,
    PAGE,
    REFRESH,
    TRIES,
    Outages,
    suffer,
)
from tests.fire.steady import quantile, statuses
from tests.fire.store import losable

# A stock client waits five seconds for each answer that does not come; ours a tenth of one, and
# one caller a second does. Beyond the time before, in seconds, with something for a busy machine:
BEYOND = {0.5: 0.08, 0.95: 0.5, 1: 1.5}
RECOVERY = 2.5  # seconds


@pytest.fixture(scope="session")
def outages(
    deployment: Deployment, canary: str, tmp_path_factory: pytest.TempPathFactory
) -> Outages:
    with losable() as store:
        return suffer(deployment, store, tmp_path_factory.mktemp("outages") / "log", canary)


@pytest.fixture(params=LOSSES)
def loss(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


def test_pages_and_lists_go_on(outages: Outages, loss: str) -> None:
    counts = statuses(outages.during(loss) + outages.after(loss))
    assert set(counts[PAGE]) == set(counts[LIST]) == {200}


def test_no_password_is_tried_and_no_token_refreshed(outages: Outages, loss: str) -> None:
    served = outages.during(loss)
    assert set(statuses(served)[LOGIN]) == set(statuses(served)[REFRESH]) == {503}
    refused = [one for one in served if one.route in {LOGIN, REFRESH}]
    assert all(one.response.is_problem(503) for one in refused)


def test_nobody_waits_for_a_store_that_does_not_answer(outages: Outages, loss: str) -> None:
    before, during = outages.before(), outages.during(loss)
    for share, seconds in BEYOND.items():
        assert quantile(during, share) <= quantile(before, share) + seconds, share


def test_it_recovers_by_itself(outages: Outages, loss: str) -> None:
    served = [one for one in outages.after(loss) if one.route in {LOGIN, REFRESH}]
    over = outages.load.moments[f"{loss}, over"]
    assert [one for one in served if one.response.status != 503]
    assert max([one.sent for one in served if one.response.status == 503], default=over) <= (
        over + RECOVERY
    )


def test_each_process_says_once_that_the_store_is_lost_and_once_that_it_is_back(
    outages: Outages,
) -> None:
    expected = outages.workers * len(LOSSES)
    assert outages.events["sys_limit_store_lost"] == expected
    assert outages.events["sys_limit_store_restored"] == expected


def test_no_password_more_is_tried_than_without_a_loss(outages: Outages) -> None:
    tried = statuses(outages.load.served)[LOGIN]
    assert tried[401] <= TRIES
    assert tried[429] > 0  # or the limit was not reached
    assert set(tried) == {401, 429, 503}


def test_no_login_is_lost(outages: Outages) -> None:
    assert set(statuses(outages.load.served)[REFRESH]) == {200, 503}
