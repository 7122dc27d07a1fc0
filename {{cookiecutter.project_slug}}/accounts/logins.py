"""Ends the logins of an account, of every kind, and switches accounts off and on."""

from collections import Counter

from django.contrib.sessions.models import Session

from accounts.models import User
from guard.events import Event, emit
from jwt_login.services import revoke_all  # option: jwt
from tokens.models import ApiToken

Ended = Counter[str]  # how many, by kind


def end_logins(user: User, keep: object = None) -> Ended:
    """End API tokens and other logins of an account except `keep`, the one that asks.

    Sessions of pages end by themselves: Django ties each to the password's hash and to an active
    account. `end_page_sessions` ends those of an account whose password stays.
    """
    kept = getattr(keep, "pk", None)
    tokens = ApiToken.objects.filter(user=user)
    deleted, _ = (tokens.exclude(pk=kept) if kept else tokens).delete()
    ended = Ended({"API tokens": deleted})
    ended["JWT logins"] = revoke_all(user, keep=kept)  # option: jwt
    emit(Event.SESSIONS_ENDED, user=user)
    return ended


def end_page_sessions(user_ids: set[str]) -> Ended:
    """Delete the sessions of pages; who they belong to is inside of each, so all are read."""
    ended = Ended({"sessions": 0})
    for session in Session.objects.iterator():
        if session.get_decoded().get("_auth_user_id") in user_ids:
            session.delete()
            ended["sessions"] += 1
    return ended


def switch_off(user: User) -> Ended:
    """Let nobody in as this account, from now on, and end what is there of its logins.

    Nothing else of the account changes. Ended logins do not come back with `switch_on`.
    """
    # First, so that a login that is being written finds the account closed (accounts/login.py).
    if User.objects.filter(pk=user.pk, is_active=True).update(is_active=False):
        emit(Event.ACCOUNT_LOCKED, user=user)
    return end_logins(user) + end_page_sessions({str(user.pk)})


def switch_on(user: User) -> bool:
    """Let the account log in again; returns whether it could not before."""
    changed = User.objects.filter(pk=user.pk, is_active=False).update(is_active=True)
    if changed:
        emit(Event.ACCOUNT_UNLOCKED, user=user)
    return bool(changed)


def told(ended: Ended) -> str:
    """Return what was ended as people read it."""
    return ", ".join(f"{number} {kind}" for kind, number in ended.items() if number) or "nothing"
