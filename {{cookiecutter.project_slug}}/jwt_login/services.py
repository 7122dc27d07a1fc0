# option: jwt
"""A JWT login from beginning to end: start, rotate, revoke.

Rotation follows RFC 9700, 4.14.2 and ASVS 10.4.5: a refresh token works once, and one that comes
back ends the login, because either the owner or a thief is using a copy.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from accounts.login import lock_checked
from accounts.login_lookup import LoginLookup
from accounts.models import User
from guard.events import Event, emit
from jwt_login import access, refresh
from jwt_login.claims import Claims
from jwt_login.errors import InvalidToken, ReusedToken
from jwt_login.models import JwtLogin

LOOKUP = LoginLookup(JwtLogin, "id")


@dataclass(frozen=True, slots=True)
class TokenPair:
    """What a client gets: the names are the fields of the answer."""

    access: str
    refresh: str


def login_of(claims: Claims) -> JwtLogin:
    """Return the login that a token names, ended or not, with its user; else InvalidToken."""
    login = LOOKUP.find(claims.login_id)
    if login is None or login.user_id != claims.user_id:
        raise InvalidToken
    return login


def live_login(claims: Claims) -> JwtLogin:
    """Return the login that a token names, in one query; InvalidToken if it or its user ended."""
    login = login_of(claims)
    if not login.is_live(timezone.now()):
        raise InvalidToken
    return login


def start(user: User, request: HttpRequest | None = None) -> TokenPair:
    """Begin a login; it ends TOKEN_LIFETIME_HOURS later, however often it is refreshed.

    Raises AuthenticationFailed as accounts.login says.
    """
    now = timezone.now()
    end = now + timedelta(hours=settings.TOKEN_LIFETIME_HOURS)
    with transaction.atomic():
        lock_checked(user)
        login = JwtLogin.objects.create(user=user, created_at=now, expires_at=end)
    emit(Event.TOKEN_CREATED, request=request, user=user, login=str(login.pk))
    return _pair(login, now)


def rotate(claims: Claims, request: HttpRequest | None = None) -> TokenPair:
    """Take a refresh token and return its successor with a new access token.

    Raises InvalidToken if the login has ended, and for a token that was used before: that ends the
    login. Must not run inside a transaction (RuntimeError), which the error would roll back.
    """
    now = timezone.now()
    login = live_login(claims)
    if _take(login, claims.token_id, now):
        return _pair(login, now)
    login = live_login(claims)  # another request was faster, or this token is an old one
    if _was_just_used(login, claims.token_id, now):
        return _pair(login, now)
    with transaction.atomic(durable=True):
        revoked = _revoke(login, now)
    if revoked:
        emit(Event.TOKEN_REUSED, request=request, user=login.user, login=str(login.pk))
        raise ReusedToken
    raise InvalidToken


def revoke(login: JwtLogin, request: HttpRequest | None = None) -> bool:
    """End a login at once; returns whether this call did it, as only that is an event."""
    revoked = _revoke(login, timezone.now())
    if revoked:
        emit(Event.TOKEN_REVOKED, request=request, user=login.user, login=str(login.pk))
    return revoked


def revoke_all(user: User, keep: UUID | None = None) -> int:
    """End every login of a user but the one to keep; returns how many ended."""
    logins = JwtLogin.objects.filter(user=user, revoked_at=None)
    if keep is not None:
        logins = logins.exclude(pk=keep)
    return logins.update(revoked_at=timezone.now())


def _take(login: JwtLogin, token_id: UUID, now: datetime) -> bool:
    """Replace the refresh token that is valid now, if it is this one: one conditional UPDATE.

    It compares columns of its own row only: those are read again when the row was locked by
    another request, a joined table would not be.
    """
    successor = uuid4()
    valid_now = JwtLogin.objects.filter(
        pk=login.pk, current_refresh_id=token_id, revoked_at=None, expires_at__gt=now
    )
    with transaction.atomic(durable=True):
        taken = valid_now.update(
            current_refresh_id=successor, previous_refresh_id=token_id, rotated_at=now
        )
    login.current_refresh_id = successor
    return taken == 1


def _was_just_used(login: JwtLogin, token_id: UUID, now: datetime) -> bool:
    """Tell an honest second use (two tabs, a lost answer) by the grace that the settings give."""
    grace = timedelta(seconds=settings.JWT_REFRESH_GRACE_SECONDS)
    return (
        bool(grace)
        and login.previous_refresh_id == token_id
        and login.rotated_at is not None
        and now - login.rotated_at <= grace
    )


def _revoke(login: JwtLogin, now: datetime) -> bool:
    return JwtLogin.objects.filter(pk=login.pk, revoked_at=None).update(revoked_at=now) == 1


def _pair(login: JwtLogin, now: datetime) -> TokenPair:
    return TokenPair(access=access.issue(login, now), refresh=refresh.issue(login, now))
