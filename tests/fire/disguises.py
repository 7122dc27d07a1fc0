"""Callers who give another address with each request and are one caller all the same."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from tests.fire import load, messages
from tests.fire.load import Answer

REQUESTS = 320
BUSY = 503  # more passwords at once than the machine bears: nothing was tried
SECONDS_TO_DECIDE = 60


@dataclass(frozen=True)
class Disguise:
    """A network: the address that connections come from, and what each request claims."""

    name: str
    port: int
    source: str
    claims: Callable[[], Mapping[str, str]]

    def burst(
        self,
        method: str,
        path: str,
        headers: Sequence[Mapping[str, str]] = ({},),
        data: object = None,
    ) -> list[Answer]:
        """Send many requests at once; those with several `headers` take turns."""
        requests = [
            messages.request(
                method, path, {**self.claims(), **headers[number % len(headers)]}, data
            )
            for number in range(REQUESTS)
        ]
        return load.burst(self.port, requests, source=self.source)

    def insist(self, method: str, path: str, data: object) -> list[Answer]:
        """Send many requests at once, and those again that came while the service was busy."""
        decided: list[Answer] = []
        end = time.monotonic() + SECONDS_TO_DECIDE
        while len(decided) < REQUESTS and time.monotonic() < end:
            requests = [
                messages.request(method, path, self.claims(), data)
                for _ in range(REQUESTS - len(decided))
            ]
            answers = load.burst(self.port, requests, source=self.source)
            decided += [answer for answer in answers if answer.status != BUSY]
        assert len(decided) == REQUESTS, f"{REQUESTS - len(decided)} requests were never decided"
        return decided

    def crowd(self) -> Disguise:
        """Return as many callers as there are requests, where a proxy can tell them apart."""
        return replace(self, claims=lambda: messages.proxied(messages.address()))


def direct(port: int) -> Disguise:
    """Return a caller of a service that trusts no proxy."""
    return Disguise("direct", port, messages.own_address(), messages.lie)


def proxied(port: int) -> Disguise:
    """Return a caller whose address a trusted proxy states."""
    client = messages.address()
    return Disguise("proxied", port, "127.0.0.1", lambda: messages.proxied(client))


def subscriber(port: int) -> Disguise:
    """Return a caller who takes a new address out of its own /64 each time."""
    own = messages.subnet()
    return Disguise("IPv6", port, "127.0.0.1", lambda: messages.proxied(next(own)))
