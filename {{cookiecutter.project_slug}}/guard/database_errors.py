"""What a caller is told when the database does not do what was asked."""

import logging

from django.db import DatabaseError, InternalError, OperationalError
from django.http import HttpRequest
from rest_framework.exceptions import APIException

from guard.exceptions import ReadOnly, StoreUnavailable

READ_ONLY = "25006"  # SQLSTATE read_only_sql_transaction

logger = logging.getLogger(__name__)


def explain(request: HttpRequest, error: DatabaseError) -> APIException | None:
    """Log and return what passes with time: the database is gone, too busy, or read-only.

    None for the rest, which is a fault of ours.
    """
    if isinstance(error, OperationalError):
        logger.error("database unavailable", exc_info=error, extra={"path": request.path})
        return StoreUnavailable()
    if isinstance(error, InternalError) and is_read_only(error):
        logger.error("database is read-only", exc_info=error, extra={"path": request.path})
        return ReadOnly()
    return None


def is_read_only(error: InternalError) -> bool:
    """Tell whether a write was refused because the database takes none now."""
    return getattr(error.__cause__, "sqlstate", None) == READ_ONLY
