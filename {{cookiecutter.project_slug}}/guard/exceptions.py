"""Errors that DRF has no class for; raise them like DRF's own."""

import secrets
from http import HTTPStatus

from rest_framework.exceptions import APIException, AuthenticationFailed

LONGEST_WAIT = 3  # seconds, of somebody who came when too much was to be done


class TooLarge(APIException):
    """The body is larger than DATA_UPLOAD_MAX_MEMORY_SIZE."""

    status_code = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    default_detail = "The body is too large."
    default_code = "too_large"


class StoreUnavailable(APIException):
    """A store that is needed cannot be asked now."""

    status_code = HTTPStatus.SERVICE_UNAVAILABLE
    default_detail = "Try again shortly."
    default_code = "unavailable"
    wait = 1  # second, for Retry-After: a lost store is asked again after as long


class ReadOnly(APIException):
    """Nothing is written now (guard/read_only.py), or the database itself takes no writes."""

    status_code = HTTPStatus.SERVICE_UNAVAILABLE
    default_detail = "Nothing can be changed now. Reading goes on."
    default_code = "read_only"
    wait = 60  # seconds, for Retry-After: people switch it off


class CredentialRefused(AuthenticationFailed):
    """A token that is not accepted, whatever the reason; of wrong passwords others have told."""


class AlreadyReported:
    """Mixed into an exception whose security event was emitted where it was raised."""


class Busy(APIException):
    """Work that is bounded is at its bound; the answer's Retry-After says when to come back.

    The seconds differ from caller to caller, so that not all of them come back at once.
    """

    status_code = HTTPStatus.SERVICE_UNAVAILABLE
    default_detail = "Too many at once. Try again shortly."
    default_code = "busy"

    def __init__(self) -> None:
        super().__init__()
        self.wait = 1 + secrets.randbelow(LONGEST_WAIT)
