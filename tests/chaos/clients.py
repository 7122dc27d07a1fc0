"""Clients that write and read back what they wrote, and a stranger who tries passwords."""

from __future__ import annotations

import asyncio
import secrets
import ssl
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.chaos.client import Client, Outcome
from tests.credentials.accounts import TOKENS, Headers, credentials
from tests.fire.messages import own_address, request

WRITE, READ, GUESS = "write", "read", "guess"
NOTES = "/api/v1/notes/"
PAUSE = 0.05  # seconds that a client thinks
GUESS_PAUSE = 0.1


@dataclass
class Load:
    """Clients at work, until `done`."""

    port: int
    certificate: str
    outcomes: list[Outcome] = field(default_factory=list)
    done: threading.Event = field(default_factory=threading.Event)

    def client(self, source: str = "127.0.0.1") -> Client:
        """Return a new client."""
        tls = ssl.create_default_context(cafile=self.certificate)
        return Client(self.port, tls, self.outcomes, source)

    async def write_and_read(self, token: Headers) -> None:
        """Write, and read that back, over and over."""
        client = self.client()
        while not self.done.is_set():
            text = secrets.token_hex(16)
            written = {"title": "under load", "text": text}
            answer = await client.request(WRITE, request("POST", NOTES, token, written), text)
            await asyncio.sleep(PAUSE)
            if answer and answer.status == 201:
                path = f"{NOTES}{answer.response.json['id']}/"
                await client.request(READ, request("GET", path, token), text, text)
                await asyncio.sleep(PAUSE)
        await client.close()

    async def guess(self) -> None:
        """Try passwords from a network that has not been seen."""
        client = self.client(own_address())
        while not self.done.is_set():
            body = credentials("nobody", secrets.token_hex(8))
            await client.request(GUESS, request("POST", TOKENS, data=body))
            await asyncio.sleep(GUESS_PAUSE)
        await client.close()

    async def run(self, tokens: Sequence[Headers]) -> None:
        """Let all work at once."""
        await asyncio.gather(self.guess(), *(self.write_and_read(token) for token in tokens))


@contextmanager
def under_load(port: int, certificate: str, tokens: Sequence[Headers]) -> Iterator[list[Outcome]]:
    """Have one client for each token at work until the block ends; yield what becomes of it."""
    load = Load(port, certificate)
    thread = threading.Thread(target=lambda: asyncio.run(load.run(tokens)))
    thread.start()
    try:
        yield load.outcomes
    finally:
        load.done.set()
        thread.join()
