"""The two faults that come with every release and every want of memory; the others take minutes."""

from __future__ import annotations

from functools import partial

from tests.chaos.faults import both_killed, rolling_restart
from tests.chaos.tally import Tally
from tests.chaos.world import CLIENTS, TRIES, Chaos


def assert_nothing_is_lost(found: Tally) -> None:
    assert found.sent > CLIENTS
    assert (found.missing, found.wrong, found.twice, found.lost) == (0, 0, 0, 0), found
    assert 0 < found.guesses <= TRIES, found


def test_a_rolling_restart_fails_no_request(world: Chaos) -> None:
    found = world.suffer("rolling", partial(rolling_restart, world.members))
    assert_nothing_is_lost(found)
    assert found.good == found.sent, found


def test_a_killed_process_fails_only_what_it_was_working_on(world: Chaos) -> None:
    """A proxy must not send a write twice, so each client may lose the one under way: a 502."""
    found = world.suffer("killed", partial(both_killed, world.members))
    assert_nothing_is_lost(found)
    assert found.failed == found.other.get(502, 0) <= 2 * CLIENTS, found
