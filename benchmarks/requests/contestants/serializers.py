"""The rows as the service shows them."""

from rest_framework.serializers import ModelSerializer

from benchmarks.requests.contestants.models import Note


class NoteSerializer(ModelSerializer):
    """All but the owner."""

    class Meta:
        model = Note
        fields = ("id", "title", "text", "created_at", "updated_at")
        read_only_fields = ("id", "created_at", "updated_at")
