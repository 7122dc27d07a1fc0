"""A caller who uses up a limit, is told how long to wait, and does so."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field

from tests.credentials.accounts import TOKENS, credentials
from tests.fire.load import Answer, burst
from tests.fire.messages import address, proxied, request

TOO_EARLY = 1.5  # seconds: one, and what a request may take


@dataclass
class Patience:
    """The tries of a network that has never tried a password; the waiting is another thread's."""

    port: int
    limit: int
    password: str
    used: list[Answer] = field(default_factory=list)
    network: str = field(default_factory=address)

    def __post_init__(self) -> None:
        """Use up the limit, and begin to wait."""
        for _ in range(self.limit):
            self.used.append(self.tried())
        self.refused = self.tried()
        self.seconds = int(self.refused.response.headers["Retry-After"])
        self.waiting = threading.Thread(target=self.wait)
        self.waiting.start()

    def tried(self) -> Answer:
        """Try a password."""
        body = credentials("nobody", self.password)
        return burst(self.port, [request("POST", TOKENS, proxied(self.network), body)])[0]

    def wait(self) -> None:
        """Try again too early, and once more when the time is over."""
        over = self.refused.answered + self.seconds
        time.sleep(max(0, over - TOO_EARLY - time.monotonic()))
        self.early = self.tried()
        time.sleep(max(0, over - time.monotonic()))
        self.late = self.tried()
