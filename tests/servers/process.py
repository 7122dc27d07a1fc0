"""Start a server on a free port, wait until it takes connections, stop it by its process id."""

from __future__ import annotations

import os
import pwd
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

START_SECONDS = 30
STOP_SECONDS = 20
ATTEMPTS = 5


class ServerError(RuntimeError):
    """A server did not start; the message carries what it printed."""


@dataclass(frozen=True)
class Account:
    """The account that a server runs as: ours, or `nobody` when we are root."""

    uid: int
    gid: int

    def own(self, folder: Path) -> None:
        """Hand `folder` over; it is the only place that the server may write to."""
        os.chown(folder, self.uid, self.gid)


def unprivileged() -> Account:
    """PostgreSQL refuses to run as root, and no test server needs to."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid())
    nobody = pwd.getpwnam("nobody")
    return Account(nobody.pw_uid, nobody.pw_gid)


def free_port() -> int:
    """Return a port that nothing listens on now; it may be taken before it is used."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def accepts_connections(port: int) -> bool:
    """Whether something listens on `port` of this machine."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def run_as(account: Account, command: Sequence[str], folder: Path) -> None:
    """Run a command that prepares a server, and fail with what it printed."""
    done = subprocess.run(
        command,
        cwd=folder,
        check=False,
        capture_output=True,
        text=True,
        user=account.uid,
        group=account.gid,
        extra_groups=[] if os.geteuid() == 0 else None,
    )
    if done.returncode != 0:
        message = f"{command[0]}: exit code {done.returncode}\n{done.stdout}{done.stderr}"
        raise ServerError(message)


@contextmanager
def running(
    command: Callable[[int], Sequence[str]],
    account: Account,
    folder: Path,
    ready: Callable[[int], bool] = accepts_connections,
) -> Iterator[int]:
    """Run `command(port)` as `account` until the block ends; yield the port once it is `ready`.

    Another process may take the free port first, so a server that ends at once is started again
    on another one.
    """
    log = folder / "server.log"
    for _ in range(ATTEMPTS):
        port = free_port()
        with log.open("wb") as output:
            server = subprocess.Popen(
                ends_with_us(command(port)),
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                user=account.uid,
                group=account.gid,
                extra_groups=[] if os.geteuid() == 0 else None,
                start_new_session=True,
            )
        try:
            if _started(server, partial(ready, port)):
                yield port
                return
        finally:
            stop(server)
    message = f"{command(0)[0]} did not start:\n{log.read_text(errors='replace')}"
    raise ServerError(message)


def ends_with_us(command: Sequence[str]) -> list[str]:
    """Have the kernel interrupt a server when the tests are killed and cannot stop it (Linux)."""
    return [*_end_with_parent(), *command]


@cache
def _end_with_parent() -> list[str]:
    prefix = ["setpriv", "--pdeathsig", "INT"]
    probe = ["sh", "-c", '"$@" 2>/dev/null', "sh", *prefix, "true"]
    return prefix if subprocess.run(probe, check=False).returncode == 0 else []


def _started(server: subprocess.Popen[bytes], ready: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + START_SECONDS
    while server.poll() is None and time.monotonic() < deadline:
        if ready():
            return server.poll() is None
        time.sleep(0.02)
    return False


def stop(server: subprocess.Popen[bytes]) -> None:
    """Ask for a fast shutdown (SIGINT: PostgreSQL's fast mode), then insist."""
    if server.poll() is not None:
        return
    server.send_signal(signal.SIGINT)
    try:
        server.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
