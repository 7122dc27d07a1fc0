# option: example_api
"""What notes take in and give out."""

from guard.serializers import StrictModelSerializer
from notes.models import Note


class NoteSerializer(StrictModelSerializer):
    """The owner is the caller; it is never read from the input."""

    class Meta:
        model = Note
        fields = ("id", "title", "text", "created_at", "updated_at")
        read_only_fields = ("id", "created_at", "updated_at")
