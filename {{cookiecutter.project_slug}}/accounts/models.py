"""Who may call. Extend this model; it is the project's own from the first migration."""

import uuid
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):
    """An account. Its id says nothing about how many there are.

    A new password ends the account's logins of every kind once it is saved, whichever way it was
    changed: the API, the admin, or `manage.py changepassword`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; end the logins if a new password was set or the account was switched off."""
        new_password = getattr(self, "_password", None) is not None
        ends = not self._state.adding and (new_password or not self.is_active)
        super().save(*args, **kwargs)
        if ends:
            from accounts.logins import end_logins  # noqa: PLC0415 - the apps need this model

            end_logins(self, keep=self.kept_login)

    # The login that changes the password stays; set by whoever changes it.
    kept_login: object = None
