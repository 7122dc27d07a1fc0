"""Callers that write as fast as the service lets them, and remember what was acknowledged."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.credentials.accounts import TOKENS, Headers, api_token, credentials
from tests.credentials.caller import Caller

NOTES = "/api/v1/notes/"
ACCOUNTS = ("alice", "bob", "carol")


@dataclass
class Writer:
    """Writes one note after the other; how many were sent, and how many acknowledged."""

    name: str
    headers: Headers
    sent: int = 0
    acknowledged: int = 0
    refused: list[int] = field(default_factory=list)

    def write(self, caller: Caller) -> None:
        """Write the next note."""
        title = f"{self.name} {self.sent}"
        self.sent += 1
        answer = caller.post(NOTES, {"title": title, "text": title * 20}, self.headers)
        if answer.status == 201:
            self.acknowledged += 1
        else:
            self.refused.append(answer.status)


@contextmanager
def writing(caller: Caller) -> Iterator[list[Writer]]:
    """Let every account write until the block ends."""
    writers = [Writer(name, api_token(caller.post(TOKENS, credentials(name)))) for name in ACCOUNTS]
    done = threading.Event()

    def work(writer: Writer) -> None:
        while not done.is_set():
            writer.write(caller)

    threads = [threading.Thread(target=work, args=(writer,)) for writer in writers]
    for thread in threads:
        thread.start()
    try:
        yield writers
    finally:
        done.set()
        for thread in threads:
            thread.join()
    assert [writer.refused for writer in writers] == [[]] * len(writers)
