"""A client that keeps its connection, and account of every request; it sends none twice."""

from __future__ import annotations

import asyncio
import ssl
import time
from contextlib import suppress
from dataclasses import dataclass

from tests.fire.load import Answer, is_complete
from tests.matrix.production import HOST

LOST = 0  # the status of what was not answered
PATIENCE = 45  # seconds; more than any answer may take
Connection = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@dataclass(frozen=True)
class Outcome:
    """What became of one request; `text` is what was written or read."""

    kind: str
    status: int
    sent: float
    answered: float
    text: str = ""
    right: bool = True


@dataclass
class Client:
    """One client, its requests one after the other."""

    port: int
    kind_of_tls: ssl.SSLContext
    outcomes: list[Outcome]
    source: str = "127.0.0.1"
    connection: Connection | None = None

    async def ask(self, raw: bytes) -> Answer | None:
        """Send a request; None if the connection broke or nothing came."""
        sent = time.monotonic()
        try:
            async with asyncio.timeout(PATIENCE):
                if self.connection is None:
                    self.connection = await asyncio.open_connection(
                        "127.0.0.1",
                        self.port,
                        ssl=self.kind_of_tls,
                        server_hostname=HOST,
                        local_addr=(self.source, 0),
                    )
                reader, writer = self.connection
                writer.write(raw)
                received = b""
                while not is_complete(received):
                    data = await reader.read(65536)
                    if not data:
                        raise ConnectionResetError
                    received += data
        except OSError:  # a timeout is one, too
            await self.close()
            return None
        answer = Answer(received, sent, time.monotonic())
        if answer.response.headers.get("Connection", "").lower() == "close":
            await self.close()
        return answer

    async def close(self) -> None:
        """End the connection; the next request makes another."""
        if self.connection is not None:
            (_, writer), self.connection = self.connection, None
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()

    async def request(
        self, kind: str, raw: bytes, text: str = "", expected: str | None = None
    ) -> Answer | None:
        """Send a request and keep account of it; `expected` is the text of the answer."""
        sent = time.monotonic()
        answer = await self.ask(raw)
        status = answer.status if answer else LOST
        right = expected is None or (
            answer is not None and status == 200 and answer.response.json["text"] == expected
        )
        self.outcomes.append(Outcome(kind, status, sent, time.monotonic(), text, right))
        return answer
