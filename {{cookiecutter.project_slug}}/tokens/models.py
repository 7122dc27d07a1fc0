"""API tokens: long random strings of which only a digest is kept."""

import hashlib
import secrets
import uuid
from datetime import datetime, timedelta  # option: token_expiry

from django.conf import settings
from django.db import models

# For secret scanners: apitoken_[A-Za-z0-9_-]{43}
PREFIX = "apitoken_"
ENTROPY = 32  # bytes, from the operating system


def new_token() -> str:
    """Return a token: the prefix and 256 random bits."""
    return PREFIX + secrets.token_urlsafe(ENTROPY)


def digest_of(token: str) -> str:
    """Return what is stored. 256 random bits need neither salt nor a slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()


class ApiToken(models.Model):
    """One login of one account on one device or script."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="api_tokens"
    )
    name = models.CharField(max_length=100, blank=True)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    last_used_at = models.DateTimeField(null=True, editable=False)
    # option: token_expiry
    expires_at = models.DateTimeField(null=True, db_index=True, editable=False)
    # end option

    class Meta:
        ordering = ("-created_at",)
        verbose_name = "API token"

    def __str__(self) -> str:
        """Return the name that its owner gave it."""
        return self.name or str(self.pk)

    # option: token_expiry
    def is_expired(self, now: datetime) -> bool:
        """Tell whether its time is up, or whether it was not used for TOKEN_IDLE_HOURS."""
        if self.expires_at is None or self.expires_at <= now:
            return True
        idle = timedelta(hours=settings.TOKEN_IDLE_HOURS)
        return bool(idle) and (self.last_used_at or self.created_at) + idle <= now

    # end option
