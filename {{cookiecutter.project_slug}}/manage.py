#!/usr/bin/env python
"""Django's commands, with local settings unless told otherwise."""

import os
import sys

from django.conf import settings
from django.core.management import execute_from_command_line


def main() -> None:
    """Run the command; an incomplete environment is one message, not a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
    from config.faults import ConfigurationError  # noqa: PLC0415 - not needed by the package

    try:
        settings.DEBUG  # noqa: B018 - loads the settings
    except ConfigurationError as error:
        sys.exit(str(error))
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
