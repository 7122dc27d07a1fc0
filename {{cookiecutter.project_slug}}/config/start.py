"""What must hold before a port is opened; anything else ends the start with one message.

The environment is tried first, then the system checks, then the stores: each needs the one before.
All faults of a step are named at once, a line each, on standard error; the exit code is 1.
"""

import sys

import django
from django.conf import settings
from django.core.checks import WARNING, run_checks
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import connection

from config.stores import database_fault, redis_fault


def refuse_unsafe_start() -> None:
    """Return if the service can work, or exit.

    Processes that are replaced later do not come here: a store that is lost then is a matter of
    readiness, and a restart meanwhile is refused until the store is back.
    """
    try:
        django.setup()
    except ImproperlyConfigured as error:
        sys.exit(str(error))
    found = run_checks(include_deployment_checks=True)
    refuse([str(fault) for fault in found if fault.is_serious(WARNING) and not fault.is_silenced()])
    refuse([fault for fault in store_faults() if fault])


def store_faults() -> list[str | None]:
    """Ask each store; processes made later must not share the connection."""
    try:
        return [database_fault(connection), redis_fault(settings.LIMIT_STORE)]
    finally:
        connection.close()


def refuse(faults: list[str]) -> None:
    """Exit if there are any."""
    if faults:
        sys.exit("\n".join(faults))


def collect_static_files() -> None:
    """Collect them if an image build or a deployment has not; the admin needs them."""
    if (settings.STATIC_ROOT / "staticfiles.json").exists():
        return
    try:
        call_command("collectstatic", interactive=False, verbosity=0)
    except OSError as error:
        fault = (
            f"Static files cannot be collected in {settings.STATIC_ROOT}: {error.strerror}. "
            "Run `python manage.py collectstatic` where that folder can be written."
        )
        refuse([fault])
