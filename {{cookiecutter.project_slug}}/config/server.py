"""Starts the production server: `python -m config.server`.

Everything that must hold (config/start.py) is tried before a port is opened.
"""

import logging
import os
from importlib import import_module

from config.imports import share  # before those below import the same

# isort: split
from django.conf import settings
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings

from config.listener import HeldListenersServer, listen, load
from config.start import collect_static_files, refuse_unsafe_start
from guard.events import Event, emit


def main() -> None:
    """Serve until SIGTERM, then finish the requests in flight."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
    logging.captureWarnings(capture=True)
    refuse_unsafe_start()
    collect_static_files()
    host, port, backlog = settings.SERVER_HOST, settings.SERVER_PORT, settings.SERVER_BACKLOG
    listeners = listen(host, port, backlog, settings.SERVER_WORKERS)
    if settings.METRICS_PORT:
        import_module("observability.metrics_server").start()
    emit(Event.STARTED)
    share()
    HeldListenersServer(
        "config.asgi:application",
        listeners=listeners,
        hours=settings.SERVER_WORKER_HOURS,
        interface=Interfaces.ASGI,
        http=HTTPModes.http1,  # what proxies speak to a service; no second parser to attack
        http1_settings=HTTP1Settings(
            header_read_timeout=1000 * settings.SERVER_HEADER_SECONDS,
            max_buffer_size=settings.SERVER_HEADER_SIZE,
        ),
        address=host,
        port=port,
        backlog=backlog,
        respawn_failed_workers=True,
        workers_kill_timeout=settings.SERVER_STOP_SECONDS,
        websockets=False,
        log_dictconfig=settings.LOGGING,
    ).serve(target_loader=load)


if __name__ == "__main__":
    main()
elif __name__ == "__mp_main__":  # a process that was not forked, as on macOS, has imported all anew
    share()
