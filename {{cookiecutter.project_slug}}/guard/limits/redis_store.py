"""The counters in Redis, shared by all processes and hosts."""

from collections.abc import Sequence
from pathlib import Path
from typing import cast

from redis import Redis
from redis.exceptions import NoScriptError, RedisError

from guard.limits.redis_connection import ThreadConnections
from guard.limits.rules import Rule, State

MICROSECONDS = 1_000_000
SCRIPT = Path(__file__).with_name("sliding_log.lua").read_text(encoding="utf-8")


class StoreLostError(Exception):
    """The counters cannot be asked now."""


class RedisStore:
    """One round trip a step, whatever the number of rules."""

    def __init__(self, address: str, patience: float) -> None:
        """Name the server by its redis:// or rediss:// address; nothing is connected to yet.

        `patience` is the seconds after which a connection or an answer is given up.
        """
        self.client = Redis.from_url(
            address, socket_timeout=patience, socket_connect_timeout=patience
        )
        self.digest = self.client.register_script(SCRIPT).sha
        self.connections = ThreadConnections(self.client.connection_pool)

    def take(self, rules: Sequence[Rule]) -> list[State]:
        """Count the request in all rules or in none; StoreLostError if Redis does not answer."""
        numbers: list[int] = []
        for rule in rules:
            period = rule.rate.seconds * MICROSECONDS
            numbers += (rule.rate.requests, period, int(rule.counts), int(rule.refuses))
        try:
            found = self._run(len(rules), *(rule.name for rule in rules), *numbers)
        except RedisError as error:
            raise StoreLostError from error
        return [
            State(rule, had_room == 1, used, left / MICROSECONDS)
            for rule, had_room, used, left in zip(
                rules, found[::3], found[1::3], found[2::3], strict=True
            )
        ]

    def _run(self, *given: str | int) -> list[int]:
        """Run the script; Redis is told its text if it does not know it any more."""
        try:
            found = self.connections.ask("EVALSHA", self.digest, *given)
        except NoScriptError:
            found = self.connections.ask("EVAL", SCRIPT, *given)
        return cast("list[int]", found)

    def give_back(self, rules: Sequence[Rule]) -> None:
        """Take the newest count out of each rule again; StoreLostError as above."""
        try:
            with self.client.pipeline(transaction=False) as pipeline:
                for rule in rules:
                    pipeline.rpop(rule.name)
                pipeline.execute()
        except RedisError as error:
            raise StoreLostError from error
