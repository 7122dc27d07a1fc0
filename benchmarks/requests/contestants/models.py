"""The same table as the service's example resource, under the stock account model."""

import uuid

from django.conf import settings
from django.db import models


class Note(models.Model):
    """A title and a text."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    title = models.CharField(max_length=200)
    text = models.TextField(max_length=10_000, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("-created_at", "id")
        indexes = (models.Index(fields=["owner", "-created_at", "id"], name="notes_of_owner"),)

    def __str__(self) -> str:
        """Return the title."""
        return str(self.title)
