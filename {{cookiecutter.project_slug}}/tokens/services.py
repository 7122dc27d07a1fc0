"""Makes and revokes API tokens."""

from collections.abc import Iterable
from datetime import timedelta  # option: token_expiry

from django.conf import settings
from django.db import transaction
from django.utils import timezone  # option: token_expiry

from accounts.login import lock_checked
from accounts.models import User
from guard.events import Event, emit
from tokens.models import ApiToken, digest_of, new_token


def create_token(user: User, name: str) -> tuple[ApiToken, str]:
    """Return a stored token and its text, which cannot be had again.

    Beyond API_TOKENS_PER_USER the oldest goes; the lock on the account lets two logins at the
    same moment count one after the other. Raises AuthenticationFailed as accounts.login says.
    """
    text = new_token()
    with transaction.atomic():
        lock_checked(user)
        token = ApiToken.objects.create(
            user=user,
            name=name,
            digest=digest_of(text),
            # option: token_expiry
            expires_at=timezone.now() + timedelta(hours=settings.TOKEN_LIFETIME_HOURS),
            # end option
        )
        revoke(user.api_tokens.all()[settings.API_TOKENS_PER_USER :], reason="replaced")
    return token, text


def revoke(tokens: Iterable[ApiToken], reason: str = "asked for") -> None:
    """Delete tokens, with one event for each that this call ended."""
    for token in tokens:
        deleted, _ = ApiToken.objects.filter(pk=token.pk).delete()
        if deleted:
            emit(Event.TOKEN_REVOKED, user=token.user, token_id=str(token.pk), reason=reason)
