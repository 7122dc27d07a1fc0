"""Ends the logins of an account, of every kind."""

from accounts.models import User
from guard.events import Event, emit
from jwt_login.services import revoke_all  # option: jwt
from tokens.models import ApiToken


def end_logins(user: User, keep: object = None) -> None:
    """End API tokens and other logins of an account except `keep`, the one that asks.

    Sessions of pages end by themselves: Django ties each to the password's hash and to an active
    account. `end_sessions` ends those of an account whose password stays.
    """
    kept = getattr(keep, "pk", None)
    tokens = ApiToken.objects.filter(user=user)
    (tokens.exclude(pk=kept) if kept else tokens).delete()
    revoke_all(user, keep=kept)  # option: jwt
    emit(Event.SESSIONS_ENDED, user=user)
