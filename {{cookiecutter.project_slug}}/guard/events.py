"""Security events: a closed vocabulary, one function, one JSON line each.

The names follow the OWASP Logging Vocabulary; docs/events.md says what each one means. An event
is emitted once, by what decided it, and carries no password, token, cookie, key or query value.
"""

import logging
from enum import StrEnum
from typing import Any

from django.http import HttpRequest
from rest_framework.request import Request

from guard.logs import current_address

logger = logging.getLogger("security")


class Event(StrEnum):
    """Everything that a security log of this service can say."""

    LOGIN_SUCCEEDED = "authn_login_success"
    LOGIN_FAILED = "authn_login_fail"
    LOGIN_LIMITED = "authn_login_fail_max"
    ACCOUNT_LOCKED = "authn_login_lock"
    ACCOUNT_UNLOCKED = "authn_login_unlock"
    PASSWORD_CHANGED = "authn_password_change"  # noqa: S105 - a name
    PASSWORD_CHANGE_FAILED = "authn_password_change_fail"  # noqa: S105 - a name
    TOKEN_CREATED = "authn_token_created"  # noqa: S105 - a name
    TOKEN_REVOKED = "authn_token_revoked"  # noqa: S105 - a name
    TOKEN_REUSED = "authn_token_reuse"  # noqa: S105 - a name  # option: jwt
    SESSION_ENDED = "session_ended"
    SESSIONS_ENDED = "session_ended_all"
    ACCESS_DENIED = "authz_fail"
    RATE_LIMITED = "excess_rate_limit_exceeded"
    INPUT_REFUSED = "input_validation_fail"
    HOST_REFUSED = "malicious_host"
    CORS_REFUSED = "malicious_cors"  # option: cors
    CSRF_REFUSED = "malicious_csrf"
    STORE_LOST = "sys_limit_store_lost"
    STORE_FOUND = "sys_limit_store_restored"
    STARTED = "sys_startup"


WARNINGS = frozenset(
    {
        Event.LOGIN_FAILED,
        Event.LOGIN_LIMITED,
        Event.PASSWORD_CHANGE_FAILED,
        Event.TOKEN_REUSED,  # option: jwt
        Event.ACCESS_DENIED,
        Event.RATE_LIMITED,
        Event.HOST_REFUSED,
        Event.CORS_REFUSED,  # option: cors
        Event.CSRF_REFUSED,
        Event.STORE_LOST,
    }
)


def emit(
    event: Event,
    *,
    request: HttpRequest | Request | None = None,
    user: Any = None,
    **details: object,
) -> None:
    """Write one event; `details` are short facts such as a reason or an object's id.

    An event about an account names the caller's address even where no request is at hand, such
    as in a model; none is known to a command.
    """
    facts: dict[str, object] = {"event": str(event), **details}
    if request is not None:
        facts["address"] = request.META.get("REMOTE_ADDR")
        facts["method"] = request.method
        facts["path"] = request.path
    elif user is not None:
        facts["address"] = current_address.get()
    if user is not None and user.pk is not None:
        facts["account"] = str(user.pk)
    logger.log(logging.WARNING if event in WARNINGS else logging.INFO, str(event), extra=facts)
