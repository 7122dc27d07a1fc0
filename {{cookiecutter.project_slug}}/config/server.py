"""Starts the production server: `python -m config.server`.

The environment and all system checks are tried before a port is opened.
"""

import os
import sys

import django
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from granian.constants import Interfaces
from granian.server import Server

from guard.events import Event, emit

STOP_SECONDS = 25  # what requests in flight get after SIGTERM, below the usual 30 of a container


def refuse_unsafe_start() -> None:
    """Exit with one message if the environment or a system check has a fault."""
    try:
        django.setup()
        call_command("check", deploy=True, fail_level="WARNING", verbosity=0)
    except (CommandError, ImproperlyConfigured) as error:
        sys.exit(str(error))


def main() -> None:
    """Serve until SIGTERM, then finish the requests in flight."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
    refuse_unsafe_start()
    emit(Event.STARTED)
    Server(
        "config.wsgi:application",
        interface=Interfaces.WSGI,
        address=settings.SERVER_HOST,
        port=settings.SERVER_PORT,
        workers=settings.SERVER_WORKERS,
        blocking_threads=settings.SERVER_THREADS,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_SECONDS,
        websockets=False,
    ).serve()


if __name__ == "__main__":
    main()
