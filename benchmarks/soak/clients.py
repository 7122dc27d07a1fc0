"""Sends scripts to a service: as fast as they are answered, or at a rate."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count

from benchmarks.soak.mix import Script
from tests.fire.load import Answer, is_complete

PATIENCE = 30  # seconds for an answer


@dataclass
class Measured:
    """What came back since it was last looked at."""

    seconds: list[float] = field(default_factory=list)
    answers: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)

    def taken(self) -> Measured:
        """Return it, and start anew."""
        before = Measured(self.seconds, self.answers, self.errors)
        self.seconds, self.answers, self.errors = [], Counter(), Counter()
        return before

    def add(self, other: Measured) -> None:
        """Take in what came besides."""
        self.seconds += other.seconds
        self.answers += other.answers
        self.errors += other.errors

    def quantile(self, share: float) -> float:
        """Return the milliseconds within which this share of the answers came."""
        ordered = sorted(self.seconds) or [0.0]
        return round(1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))], 1)


@dataclass
class Pace:
    """Says when the next request is due; at no rate that is at once."""

    rate: float | None
    started: float = field(default_factory=time.monotonic)
    numbers: count[int] = field(default_factory=count)

    async def next(self) -> float:
        """Wait for the next moment, and return it: who is late has waited since then."""
        if self.rate is None:
            return time.monotonic()
        due = self.started + next(self.numbers) / self.rate
        await asyncio.sleep(max(0.0, due - time.monotonic()))
        return due


async def play(
    port: int, scripts: Sequence[Script], rate: float | None, seconds: float, measured: Measured
) -> None:
    """Let each client play its script on one connection, together at a rate, for some seconds."""
    pace, end = Pace(rate), time.monotonic() + seconds

    async def client(script: Script, answer: Answer | None) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        while True:
            due = await pace.next()
            if time.monotonic() >= end:
                break
            step = script.send(answer) if answer else next(script)
            writer.write(step.raw)
            answer = await received(reader, due)
            measured.seconds.append(answer.answered - due)
            measured.answers[f"{step.kind} {answer.status}"] += 1
            if answer.status not in step.right:
                measured.errors[f"{step.kind} {answer.status}"] += 1
        writer.close()
        await writer.wait_closed()

    await asyncio.gather(*(client(script, None) for script in scripts))


async def received(reader: asyncio.StreamReader, sent: float) -> Answer:
    """Read one answer; ConnectionError if the connection ends before it is whole."""
    raw = b""
    async with asyncio.timeout(PATIENCE):
        while not is_complete(raw):
            data = await reader.read(65536)
            if not data:
                message = "the service closed a connection instead of answering"
                raise ConnectionResetError(message)
            raw += data
    return Answer(raw, sent, time.monotonic())
