# option: example_api
"""Create, list, read, change and delete one's own notes."""

from typing import Any, cast

from django.db.models import QuerySet
from rest_framework.serializers import BaseSerializer
from rest_framework.viewsets import ModelViewSet

from accounts.models import User
from guard.quick_lists import QuickListMixin
from notes.models import Note
from notes.serializers import NoteSerializer


class NoteViewSet(QuickListMixin, ModelViewSet[Note]):
    """Notes of the caller; another account's note does not exist (404)."""

    serializer_class = NoteSerializer
    queryset = Note.objects.none()  # tells the OpenAPI schema the type of the id

    def get_queryset(self) -> QuerySet[Note]:
        """Return what the caller owns."""
        return Note.objects.filter(owner=cast("User", self.request.user))

    def perform_create(self, serializer: BaseSerializer[Any]) -> None:
        """Make the caller the owner."""
        serializer.save(owner=self.request.user)
