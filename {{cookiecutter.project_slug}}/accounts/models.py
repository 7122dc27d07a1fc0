"""Who may call. Extend this model; it is the project's own from the first migration."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.models import AbstractUser
from django.db import models

from guard.events import Event, emit


class User(AbstractUser):
    """An account. Its id says nothing about how many there are.

    A new password ends the account's logins of every kind once it is saved, whichever way it was
    changed: the API, the admin, or `manage.py changepassword`. Switching it off ends them, too,
    and switching it on again does not bring them back.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; end the logins if a new password was set or the account was switched off."""
        new_password = getattr(self, "_password", None) is not None
        switched = self._is_switched(kwargs.get("update_fields"))
        ends = not self._state.adding and (new_password or not self.is_active)
        super().save(*args, **kwargs)
        if switched:
            emit(Event.ACCOUNT_UNLOCKED if self.is_active else Event.ACCOUNT_LOCKED, user=self)
        if new_password and ends:
            emit(Event.PASSWORD_CHANGED, user=self)
        if ends:
            from accounts import logins  # noqa: PLC0415 - the apps need this model

            logins.end_logins(self, keep=self.kept_login)
            if switched:
                logins.end_page_sessions({str(self.pk)})

    def _is_switched(self, fields: Iterable[str] | None) -> bool:
        """Tell whether saving these fields switches the account off or on."""
        if self._state.adding or (fields is not None and "is_active" not in fields):
            return False
        return User.objects.filter(pk=self.pk, is_active=not self.is_active).exists()

    def check_password(self, raw_password: str | None) -> bool:
        """Check as Django does; an older hash is renewed, but never over a changed password.

        Django writes the renewed hash without looking, so a login at the moment of a change
        would bring the old password back.
        """
        checked = self.password
        others_were_faster = False

        def renew(password: str) -> None:
            nonlocal others_were_faster
            renewed = make_password(password)
            unchanged = User.objects.filter(pk=self.pk, password=checked)
            others_were_faster = not unchanged.update(password=renewed)
            if not others_were_faster:
                self.password = renewed

        matches = check_password(raw_password, checked, renew)
        if others_were_faster:  # they renewed it, too, or changed it
            now = User.objects.filter(pk=self.pk).values_list("password", flat=True).first()
            self.password = now or ""
            matches = check_password(raw_password, self.password)
        return matches

    # The login that changes the password stays; set by whoever changes it.
    kept_login: object = None
