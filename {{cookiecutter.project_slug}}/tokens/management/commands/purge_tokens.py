# option: token_expiry
"""Deletes expired API tokens: `manage.py purge_tokens`, made for a scheduler."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from tokens.models import ApiToken


class Command(BaseCommand):
    """Expired tokens do not work any more; this only keeps the table small."""

    help = "Delete API tokens that have expired."

    def handle(self, *_: Any, **__: Any) -> None:
        """Delete them and say how many there were; with READ_ONLY they wait."""
        if settings.READ_ONLY:
            self.stdout.write("Read-only: nothing is deleted.")
            return
        deleted, _per_model = ApiToken.objects.filter(expires_at__lte=timezone.now()).delete()
        self.stdout.write(f"{deleted} expired token(s) deleted.")
