"""Errors that DRF has no class for; raise them like DRF's own."""

from http import HTTPStatus

from rest_framework.exceptions import APIException, AuthenticationFailed


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


class CredentialRefused(AuthenticationFailed):
    """A token that is not accepted, whatever the reason; of wrong passwords others have told."""


class AlreadyReported:
    """Mixed into an exception whose security event was emitted where it was raised."""
