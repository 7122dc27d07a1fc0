# option: jwt
"""Removes logins that are over for good; made for a scheduler."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from jwt_login.models import JwtLogin


class Command(BaseCommand):
    """Deletes the rows whose absolute end has passed, revoked or not.

    A revoked login stays until then, so that its tokens go on being recognized.
    """

    help = "Delete JWT logins whose absolute end has passed."

    def handle(self, **_: Any) -> None:
        """Delete and say how many; with READ_ONLY they wait."""
        if settings.READ_ONLY:
            self.stdout.write("Read-only: nothing is deleted.")
            return
        removed, _by_model = JwtLogin.objects.filter(expires_at__lte=timezone.now()).delete()
        self.stdout.write(f"{removed} ended JWT logins removed")
