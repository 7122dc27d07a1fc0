"""Clients that check what they read while releases follow one another."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Lock, Thread
from typing import Any

from tests.credentials.accounts import Headers
from tests.smoke.client import Client

NOTES = "/api/v1/notes/"
CLIENTS = 4
WELL = "well"


@dataclass
class Load:
    """Clients that write and read through every port that serves, in turn."""

    login: Headers
    ports: list[int]
    answers: Counter[str] = field(default_factory=Counter)
    over: Event = field(default_factory=Event)
    lock: Lock = field(default_factory=Lock)

    def note(self, outcome: str) -> None:
        """Count an answer."""
        with self.lock:
            self.answers[outcome] += 1

    def use(self, number: int) -> None:
        """Write through one port, read through the next, change, and read again."""
        while not self.over.is_set():
            text, changed = secrets.token_hex(8), secrets.token_hex(8)
            made = self.call(number, "POST", NOTES, {"title": "a", "text": text}, 201)
            if made is None:
                continue
            address = f"{NOTES}{made['id']}/"
            self.read(number + 1, address, text)
            if self.call(number + 1, "PATCH", address, {"text": changed}, 200):
                self.read(number, address, changed)
            number += 1

    def call(self, number: int, method: str, path: str, data: object, expected: int) -> Any:
        """Return the answer, or None if it is not the expected one."""
        port = self.ports[number % len(self.ports)]
        try:
            answer = Client(port).request(method, path, data, self.login)
        except OSError:
            self.note("lost")
            return None
        self.note(WELL if answer.status == expected else str(answer.status))
        return answer.json if answer.status == expected else None

    def read(self, number: int, path: str, text: str) -> None:
        """Read what was just written."""
        found = self.call(number, "GET", path, None, 200)
        if found is not None and found["text"] != text:
            self.note("another text than was written")

    @contextmanager
    def running(self) -> Iterator[None]:
        """Have all clients work until the block ends."""
        clients = [Thread(target=self.use, args=(number,)) for number in range(CLIENTS)]
        for client in clients:
            client.start()
        try:
            yield
        finally:
            self.over.set()
            for client in clients:
                client.join()
