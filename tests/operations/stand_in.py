"""A program named docker that hands what it was asked to the tests, and answers as they do."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Client, Listener
from pathlib import Path
from threading import Thread

PROGRAM = f"""#!{sys.executable}
import os, sys
from multiprocessing.connection import Client
with Client({{address!r}}) as caller:
    needs_input = "-T" in sys.argv
    caller.send((sys.argv[1:], dict(os.environ), sys.stdin.read() if needs_input else ""))
    status, output = caller.recv()
sys.stdout.write(output)
sys.exit(status)
"""


@dataclass(frozen=True)
class Asked:
    """What somebody typed after `docker`, with what environment and what input."""

    words: list[str]
    environment: Mapping[str, str]
    given: str


Answer = tuple[int, str]


@contextmanager
def docker(folder: Path, answer: Callable[[Asked], Answer]) -> Iterator[Path]:
    """Yield the folder of a `docker` that asks `answer`, one call after the other."""
    address = str(folder / "socket")
    program = folder / "docker"
    program.write_text(PROGRAM.format(address=address))
    program.chmod(0o755)
    with Listener(address) as listener:
        thread = Thread(target=_serve, args=(listener, answer))
        thread.start()
        try:
            yield folder
        finally:
            with Client(address) as last:
                last.send(None)
            thread.join()


def _serve(listener: Listener, answer: Callable[[Asked], Answer]) -> None:
    while True:
        with listener.accept() as caller:
            asked = caller.recv()
            if asked is None:
                return
            try:
                caller.send(answer(Asked(*asked)))
            except Exception as error:  # noqa: BLE001 - whoever typed it sees it
                caller.send((1, f"{type(error).__name__}: {error}\n"))
