"""Answers Prometheus: `GET /metrics` on METRICS_PORT, and nothing else.

It runs in the process that starts the workers, in one thread of its own: whoever asks slowly or
often waits there, and takes nothing from those who call the service.
"""

import asyncio
import logging
import os
import re
import socket
import sys
import threading
import time
from http import HTTPStatus
from importlib import import_module
from pathlib import Path

from django.conf import settings
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.multiprocess import MultiProcessCollector

from observability.metrics_files import VARIABLE, forget_the_dead, make_folder

PATIENCE = 5.0  # seconds for a whole exchange
MOST_CALLERS = 16  # at once; more are hung up on
LONGEST_HEAD = 8192  # bytes
FRESH_SECONDS = 1.0  # for which all get the same figures: they are work to add up

ASKED = re.compile(rb"GET /metrics HTTP/1\.[01]\r\n")
GET = re.compile(rb"GET [^\r\n]* HTTP/1\.[01]\r\n")

logger = logging.getLogger(__name__)


class Exposition:
    """The figures of all processes together."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.registry = CollectorRegistry()
        MultiProcessCollector(self.registry, str(folder))  # type: ignore[no-untyped-call]
        self.text, self.made = b"", -FRESH_SECONDS

    def read(self) -> bytes:
        """Return them, at most FRESH_SECONDS old."""
        if time.monotonic() - self.made >= FRESH_SECONDS:
            forget_the_dead(self.folder)
            self.text = generate_latest(self.registry)
            self.made = time.monotonic()
        return self.text


class MetricsServer:
    """Speaks as much HTTP/1.1 as a scrape needs; every answer ends its connection."""

    def __init__(self, exposition: Exposition) -> None:
        self.exposition = exposition
        self.callers = 0

    async def run(self, listening: socket.socket) -> None:
        """Serve for ever."""
        server = await asyncio.start_server(self.meet, sock=listening, limit=LONGEST_HEAD)
        await server.serve_forever()

    async def meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one request, within PATIENCE or not at all."""
        if self.callers >= MOST_CALLERS:
            writer.transport.abort()
            return
        self.callers += 1
        try:
            async with asyncio.timeout(PATIENCE):
                head = await reader.readuntil(b"\r\n\r\n")
                writer.write(self.reply(head))
                await writer.drain()
                writer.close()
                await writer.wait_closed()
        except (EOFError, OSError, TimeoutError, asyncio.LimitOverrunError):
            writer.transport.abort()
        finally:
            self.callers -= 1

    def reply(self, head: bytes) -> bytes:
        """Return the whole answer to a request."""
        status, body = HTTPStatus.METHOD_NOT_ALLOWED, b""
        if ASKED.match(head):
            try:
                status, body = HTTPStatus.OK, self.exposition.read()
            except Exception:
                logger.exception("no metrics")
                status = HTTPStatus.INTERNAL_SERVER_ERROR
        elif GET.match(head):
            status = HTTPStatus.NOT_FOUND
        lines = (
            f"HTTP/1.1 {status.value} {status.phrase}",
            f"Content-Type: {CONTENT_TYPE_PLAIN_0_0_4}",
            f"Content-Length: {len(body)}",
            "Cache-Control: no-store",
            "X-Content-Type-Options: nosniff",
            "Allow: GET",
            "Connection: close",
        )
        return "\r\n".join((*lines, "", "")).encode() + body


def start() -> None:
    """Make the counters' folder and answer from now on; exit with one message if that cannot be."""
    host, port = settings.METRICS_HOST, settings.METRICS_PORT
    if port == settings.SERVER_PORT:
        sys.exit(f"METRICS_PORT: {port} is PORT, too; give the metrics a port of their own.")
    try:
        folder = make_folder(settings.SERVER_WORKERS)
    except OSError as error:
        sys.exit(f"METRICS_PORT: no room for counters in the folder for temporary files: {error}")
    os.environ[VARIABLE] = str(folder)
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listening = socket.create_server((host, port), family=family)
    except OSError as error:
        sys.exit(f"METRICS_PORT: cannot listen on {host}:{port} (METRICS_HOST): {error}")
    # A worker that outlives this process must not keep the port from its successor.
    os.register_at_fork(after_in_child=listening.close)
    import_module("observability.metrics").begin_service()
    server = MetricsServer(Exposition(folder))
    threading.Thread(target=lambda: asyncio.run(server.run(listening)), daemon=True).start()
