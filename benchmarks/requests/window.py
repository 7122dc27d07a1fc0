"""What a long window costs: 100,000 an hour, nearly used up, beside 100 a minute.

So that nobody is refused, each round asks with other accounts, and the logs of the long window
are made as long as 98,000 requests would have made them.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack

from redis import Redis

from benchmarks.load import UnexpectedAnswerError
from benchmarks.requests.field import NOTES, Field
from benchmarks.requests.load import Loaded, load
from benchmarks.requests.sides import Question, Side
from tests.smoke.client import Client

SMALL, LARGE = "100/minute", "100000/hour"
FILLED = 98_000
BLOCK = 50  # accounts of a round
MINUTE = 61.0
MODEL = "a-filled-window"
PUSHED = 1000
AGE = 1800  # seconds since the oldest of them


class Windows:
    """The logs of the long window, in Redis."""

    def __init__(self, client: Redis) -> None:
        """Make one that is copied for each account."""
        self.client = client
        newest = int(time.time() * 1_000_000)
        step = AGE * 1_000_000 // FILLED
        times = [newest - step * (FILLED - number) for number in range(FILLED)]
        for first in range(0, FILLED, PUSHED):
            client.rpush(MODEL, *times[first : first + PUSHED])

    def names(self, accounts: Sequence[str]) -> list[str]:
        """Return the name of each account's log; UnexpectedAnswerError if it is no list."""
        found = [
            name.decode()
            for name in self.client.scan_iter(f"*{accounts[0]}*", count=10_000)
            if b"100000" in name and self.client.type(name) == b"list"
        ]
        if len(found) != 1:
            message = f"{LARGE} is not kept in one list an account any more: {found}"
            raise UnexpectedAnswerError(message)
        return [found[0].replace(accounts[0], account) for account in accounts]

    def fill(self, names: Sequence[str]) -> None:
        """Give each a log that is as long as it gets."""
        for name in names:
            self.client.copy(MODEL, name, replace=True)
            self.client.expire(name, 3600)

    def forget(self, names: Sequence[str]) -> None:
        """Give the memory back; UnexpectedAnswerError if a log was not long to the end."""
        shortest = min(int(self.client.llen(name)) for name in names)
        self.client.unlink(*names)
        if shortest <= FILLED:
            message = f"a window that should be filled has {shortest} requests"
            raise UnexpectedAnswerError(message)


def warmed(side: Side, question: Question) -> None:
    """Ask once with each login: the first use of a token in a minute is written down."""
    for headers in question.logins:
        Client(side.port).get(question.path, headers)


def windows(field: Field, rounds: int, seconds: int) -> dict[str, list[Loaded]]:
    """Return what each round gave with the small and with the large limit."""
    found: dict[str, list[Loaded]] = {SMALL: [], LARGE: []}
    accounts, used = field.all_accounts, dict[int, float]()
    blocks = len(accounts.ids) // BLOCK
    with ExitStack() as stack:
        client = stack.enter_context(Redis.from_url(field.all.variables["REDIS_URL"]))
        kept = Windows(client)
        sides = {
            rate: stack.enter_context(field.serving("all", THROTTLE_USER=rate)) for rate in found
        }
        for number in range(rounds + 1):
            block = number % blocks
            time.sleep(max(0, used.get(block, 0) + MINUTE - time.monotonic()))
            part = slice(block * BLOCK, (block + 1) * BLOCK)
            question = Question(NOTES, accounts.tokens[part])
            for side in sides.values():
                warmed(side, question)
            names = kept.names(accounts.ids[part])
            kept.fill(names)
            for rate in (SMALL, LARGE) if number % 2 else (LARGE, SMALL):
                loaded = load(sides[rate], question, seconds)
                if number:
                    found[rate].append(loaded)
                sys.stderr.write(
                    f"round {number or 'warm-up'} of {rounds}  {rate:<14}{loaded.rate:7.0f}/s\n"
                )
            used[block] = time.monotonic()
            kept.forget(names)
        client.unlink(MODEL)
    return found
