"""Bare DRF: the list of one account's rows."""

import os

from django.urls import path
from rest_framework.generics import ListAPIView

from benchmarks.requests.contestants.models import Note
from benchmarks.requests.contestants.serializers import NoteSerializer

OWNER = os.environ.get("OWNER", "")


class NoteList(ListAPIView):
    """The rows of an account that is not asked for."""

    serializer_class = NoteSerializer
    queryset = Note.objects.filter(owner_id=OWNER)


urlpatterns = [path("notes/", NoteList.as_view())]
