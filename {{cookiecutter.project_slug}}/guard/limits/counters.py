"""Takes one step in the counters that LIMIT_STORE names, and decides what holds without them.

When Redis is lost, each process counts for itself until it is back; what must not be guessed at
(`strict`) is refused meanwhile.
"""

import os
import time
from functools import cache
from threading import Lock

from django.conf import settings

from guard.events import Event, emit
from guard.exceptions import StoreUnavailable
from guard.limits.process_store import ProcessStore
from guard.limits.redis_store import RedisStore, StoreLostError
from guard.limits.rules import Rule, State

PAUSE = 1.0  # seconds for which a lost store is not asked again
# Seconds to wait for an answer; a stock client waits five. A busy store is not a lost one yet, but
# one that is lost gets little more of anybody's time.
PATIENCE = 0.25
PROBE_PATIENCE = 0.1


@cache
def shared_store(*, probe: bool = False) -> RedisStore | ProcessStore:
    """Return the store of LIMIT_STORE, as it is asked while it is there or while it is lost."""
    address = settings.LIMIT_STORE
    if address.startswith("memory:"):
        return ProcessStore()
    return RedisStore(address, PROBE_PATIENCE if probe else PATIENCE)


if hasattr(os, "register_at_fork"):  # two processes must not share a connection
    os.register_at_fork(after_in_child=shared_store.cache_clear)


@cache
def own_store() -> ProcessStore:
    """Return the counters of this process, which stand in for lost ones."""
    return ProcessStore()


class Breaker:
    """Whether the store answered last: its loss is one event, and one wait a PAUSE."""

    def __init__(self) -> None:
        self.lost = False
        self.next_try = 0.0
        self.lock = Lock()

    def lets_ask(self) -> bool:
        """Tell whether to ask: always while the store is there, else one caller a PAUSE."""
        if not self.lost:
            return True
        with self.lock:
            now = time.monotonic()
            if now < self.next_try:
                return False
            self.next_try = now + PAUSE
            return True

    def note(self, *, lost: bool) -> None:
        """Remember the outcome; emit an event if it is a new one."""
        if lost is self.lost:
            return
        with self.lock:
            changed = lost is not self.lost
            self.lost = lost
            self.next_try = time.monotonic() + PAUSE
        if changed:
            emit(Event.STORE_LOST if lost else Event.STORE_FOUND)


breaker = Breaker()


def take(*rules: Rule, strict: bool = False) -> list[State]:
    """Count a request in all of the rules or, if one of them refuses it, in none.

    One round trip. Raises StoreUnavailable if `strict` and the shared store does not answer.
    """
    if breaker.lets_ask():
        try:
            states = shared_store(probe=breaker.lost).take(rules)
        except StoreLostError:
            breaker.note(lost=True)
        else:
            breaker.note(lost=False)
            return states
    if strict:
        raise StoreUnavailable
    return own_store().take(rules)


def give_back(*rules: Rule) -> None:
    """Take the newest count out of each of the rules; what cannot be asked now keeps it.

    The time that goes may be that of a request in flight beside this one: of the two the older
    stays, so a period may be shorter by the time that a request takes.
    """
    if rules and breaker.lets_ask():
        try:
            shared_store(probe=breaker.lost).give_back(rules)
        except StoreLostError:
            breaker.note(lost=True)
