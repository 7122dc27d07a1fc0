# option: jwt
"""The table of JWT logins. It holds ids of tokens, never a token."""

from datetime import datetime
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils import timezone


class JwtLogin(models.Model):
    """A login and its refresh token family: of all its refresh tokens one is valid at a time."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)  # claim sid
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="jwt_logins"
    )
    current_refresh_id = models.UUIDField(default=uuid4, editable=False)  # claim jti
    previous_refresh_id = models.UUIDField(null=True, editable=False)
    rotated_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField(editable=False)  # absolute: rotation does not move it
    revoked_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = "JWT login"
        ordering = ("-created_at", "id")
        indexes = (models.Index(fields=["expires_at"], name="jwt_login_expires_at"),)

    def __str__(self) -> str:
        return f"{self.pk} of {self.user_id}"

    def is_live(self, now: datetime) -> bool:
        """Tell whether the login still lets its user in."""
        return self.revoked_at is None and now < self.expires_at and self.user.is_active
