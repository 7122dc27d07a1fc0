"""Where log lines go: JSON on standard output, and in LOG_FILE where one is named."""

import logging
from typing import Any

from config.environment import env

LOG_LEVEL = env.log_level("LOG_LEVEL", "INFO")
LOG_FILE = env.log_file("LOG_FILE", "")

LOGGING_HANDLERS = ["stdout", "file"] if LOG_FILE else ["stdout"]
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "request_id": {"()": "guard.logs.RequestIdFilter"},
        "unavailable": {"()": "guard.logs.UnavailableFilter"},
    },
    "formatters": {"json": {"()": "guard.logs.JsonLineFormatter"}},
    "handlers": {
        "stdout": {
            "class": "logging.StreamHandler",
            "stream": "ext://sys.stdout",
            "filters": ["request_id"],
            "formatter": "json",
        },
        **(
            {
                "file": {
                    # Reopens the file after a rotation has moved it away.
                    "class": "logging.handlers.WatchedFileHandler",
                    "filename": LOG_FILE,
                    "encoding": "utf-8",
                    "filters": ["request_id"],
                    "formatter": "json",
                }
            }
            if LOG_FILE
            else {}
        ),
    },
    "root": {"handlers": LOGGING_HANDLERS, "level": LOG_LEVEL or logging.INFO},
    "loggers": {
        # Django's own handlers would print every line a second time, unstructured.
        "django": {"handlers": [], "level": "NOTSET", "propagate": True},
        # guard.request_log writes one line a request; these would repeat it.
        "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.request": {
            "handlers": [],
            "level": "ERROR",
            "filters": ["unavailable"],
            "propagate": True,
        },
        # Events are kept whatever LOG_LEVEL says.
        "security": {"handlers": LOGGING_HANDLERS, "level": "INFO", "propagate": False},
    },
}
