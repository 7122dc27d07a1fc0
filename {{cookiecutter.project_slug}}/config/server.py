"""Starts the production server: `python -m config.server`.

The environment and all system checks are tried before a port is opened.
"""

import logging
import os
import sys
from importlib import import_module

import django
from django.conf import settings
from django.core.checks import WARNING, run_checks
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.server import Server

from guard.events import Event, emit

STOP_SECONDS = 25  # what requests in flight get after SIGTERM, below the usual 30 of a container


def refuse_unsafe_start() -> None:
    """Exit with one message if the environment or a system check has a fault."""
    try:
        django.setup()
    except ImproperlyConfigured as error:
        sys.exit(str(error))
    found = run_checks(include_deployment_checks=True)
    faults = [
        str(fault) for fault in found if fault.is_serious(WARNING) and not fault.is_silenced()
    ]
    if faults:
        sys.exit("\n".join(faults))


def collect_static_files() -> None:
    """Collect them if an image build or a deployment has not; the admin needs them."""
    if not (settings.STATIC_ROOT / "staticfiles.json").exists():
        call_command("collectstatic", interactive=False, verbosity=0)


def main() -> None:
    """Serve until SIGTERM, then finish the requests in flight."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
    logging.captureWarnings(capture=True)
    refuse_unsafe_start()
    collect_static_files()
    if settings.METRICS_PORT:
        import_module("observability.metrics_server").start()
    emit(Event.STARTED)
    Server(
        "config.asgi:application",
        interface=Interfaces.ASGINL,
        http=HTTPModes.http1,  # what proxies speak to a service; no second parser to attack
        http1_settings=HTTP1Settings(
            header_read_timeout=1000 * settings.SERVER_HEADER_SECONDS,
            max_buffer_size=settings.SERVER_HEADER_SIZE,
        ),
        address=settings.SERVER_HOST,
        port=settings.SERVER_PORT,
        workers=settings.SERVER_WORKERS,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_SECONDS,
        websockets=False,
        log_dictconfig=settings.LOGGING,
    ).serve()


if __name__ == "__main__":
    main()
