"""Accounts in the admin, and who may enter it."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.admin import UserAdmin
from django.core.exceptions import ValidationError

from accounts.models import User
from guard.events import Event, emit


class StaffLoginForm(AdminAuthenticationForm):
    """Django's, with an event for an account that knows its password and still may not enter."""

    def confirm_login_allowed(self, user: Any) -> None:
        """Raise ValidationError for whoever is no staff."""
        try:
            super().confirm_login_allowed(user)
        except ValidationError:
            emit(Event.ACCESS_DENIED, request=self.request, user=user, code="no_staff")
            raise


admin.site.login_form = StaffLoginForm
admin.site.register(User, UserAdmin)
