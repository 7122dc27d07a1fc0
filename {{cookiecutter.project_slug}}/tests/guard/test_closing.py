"""A process that ends takes no new connections, says so on the others, and waits for quiet."""

import asyncio
import os
import signal
import socket
import sys
import time

import pytest

from guard import closing
from guard.closing import Closing, stop_listening
from guard.gateway import Gateway
from tests.guard.asgi import Client, Whole

CLOSE = (b"connection", b"close")


class Process:
    """A gateway in an event loop, told to end; `ended` is when it had the server finish."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.closing = Closing(None)
        self.gateway = Gateway(Whole(), self.closing, threads=1, size=10, seconds=5)
        self.started, self.over, self.finished = asyncio.Event(), asyncio.Event(), asyncio.Event()
        self.sent: list[str] = []
        self.ended = 0.0
        monkeypatch.setattr(closing, "QUIET", 0.3)
        monkeypatch.setattr(closing, "LONGEST", 0.4)

    async def run(self) -> None:
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGINT, self.end)
        living = loop.create_task(self.gateway({"type": "lifespan"}, self.receive, self.send))
        await self.started.wait()
        self.began = time.monotonic()
        os.kill(os.getpid(), signal.SIGTERM)
        while not self.closing.begun:  # noqa: ASYNC110 - a signal sets it, at once
            await asyncio.sleep(0)
        await self.ask()
        self.over.set()
        await living

    async def ask(self) -> None:
        self.answers: list[Client] = []
        while not self.finished.is_set():
            client = Client().complete()
            await client.speak_to(self.gateway)
            self.answers.append(client)
            await asyncio.sleep(0.05)

    def end(self) -> None:
        self.ended = time.monotonic()
        self.finished.set()

    async def receive(self) -> dict[str, object]:
        if self.sent:
            await self.over.wait()
        return {"type": "lifespan.startup" if not self.sent else "lifespan.shutdown"}

    async def send(self, message: dict[str, object]) -> None:
        self.sent.append(str(message["type"]))
        self.started.set()


def test_each_answer_says_that_it_is_the_last_and_a_busy_process_ends_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    process = Process(monkeypatch)
    asyncio.run(process.run())
    assert process.sent == ["lifespan.startup.complete", "lifespan.shutdown.complete"]
    assert process.ended - process.began > 0.35
    assert len(process.answers) > 1
    assert all(CLOSE in client.sent[0]["headers"] for client in process.answers)


def test_a_quiet_process_ends_sooner(monkeypatch: pytest.MonkeyPatch) -> None:
    process = Process(monkeypatch)
    monkeypatch.setattr(closing, "QUIET", 0.05)
    monkeypatch.setattr(closing, "LONGEST", 60)
    monkeypatch.setattr(process, "ask", process.finished.wait)
    asyncio.run(process.run())
    assert 0.04 < process.ended - process.began < 30


@pytest.mark.skipif(sys.platform != "linux", reason="sockets without a name are Linux's")
def test_a_process_lets_go_of_its_listener_and_others_keep_it() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener, listener.dup() as of_another:
        address = listener.getsockname()
        stop_listening(listener.fileno())
        with socket.create_connection(address, timeout=5), of_another.accept()[0]:
            pass
        of_another.close()
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(address, timeout=5)
