"""podman in the place of Docker's daemon: it answers docker's clients and runs health checks."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

from tests.image.engine import Engine


@contextmanager
def served(engine: Engine, address: str) -> Iterator[None]:
    """Let docker's clients speak to podman."""
    command = ["podman", "system", "service", "--time=0", address]
    with subprocess.Popen(command, env=engine.variables, stderr=subprocess.DEVNULL) as service:
        try:
            yield
        finally:
            service.terminate()


@contextmanager
def timers(engine: Engine) -> Iterator[None]:
    """Run the health checks, which podman leaves to systemd."""
    stop = Event()

    def beat() -> None:
        while not stop.wait(1):
            for name in engine("podman", "ps", "--format={{.Names}}").split():
                engine.attempt("podman", "healthcheck", "run", name)

    thread = Thread(target=beat)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
