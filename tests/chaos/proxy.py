"""A real nginx in front of several processes, with the settings that a service's own page shows.

So what docs/resilience.md recommends is what was tried; only addresses and files are changed.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.servers.certificate import new_certificate
from tests.servers.process import running, unprivileged

NOT_FOUND = (
    "The tests need nginx: install the system's package (Debian: apt-get install nginx-light)."
)
AROUND = """daemon off;
worker_processes 1;
pid nginx.pid;
events {{ worker_connections 1024; }}
http {{
access_log off;
client_body_temp_path body;
proxy_temp_path proxy;
fastcgi_temp_path fastcgi;
uwsgi_temp_path uwsgi;
scgi_temp_path scgi;
{shown}
}}
"""


@dataclass(frozen=True)
class Edge:
    """Where it takes TLS, and the certificate that it shows."""

    port: int
    certificate: Path


SERVER = r"server 192\.0\.2\.\d+:8000"


def program() -> str:
    """Return nginx, or say what to install; Debian keeps it where only root's PATH looks."""
    found = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
    if found is None:
        raise LookupError(NOT_FOUND)
    return found


def settings(page: Path, servers: Sequence[int], port: int) -> str:
    """Return the page's settings for processes on these ports."""
    (shown,) = re.findall(r"```nginx\n(.*?)```", page.read_text("utf-8"), re.DOTALL)
    places = iter(servers)
    for pattern, made, times in (
        (SERVER, lambda _: f"server 127.0.0.1:{next(places)}", len(servers)),
        (r"listen 443 ssl http2", lambda _: f"listen 127.0.0.1:{port} ssl", 1),
        (r"ssl_certificate(_key)? .*;", lambda found: f"ssl_certificate{found[1] or ''} both;", 2),
    ):
        shown, changed = re.subn(pattern, made, shown)
        assert changed == times, f"{page} shows {pattern} {changed} times"
    return AROUND.format(shown=shown)


@contextmanager
def nginx(page: Path, servers: Sequence[int]) -> Iterator[Edge]:
    """Run one until the block ends."""
    account = unprivileged()
    with tempfile.TemporaryDirectory(prefix="secure-drf-nginx-") as name:
        folder = Path(name)
        account.own(folder)
        certificate = new_certificate(folder).rename(folder / "both")
        account.own(certificate)

        def command(port: int) -> list[str]:
            file = folder / "nginx.conf"
            file.write_text(settings(page, servers, port))
            return [program(), "-p", str(folder), "-e", "stderr", "-c", str(file)]

        with running(command, account, folder) as port:
            yield Edge(port, certificate)
