"""The bare views: a list by the same two queries, an account by one, an answer without any."""

import os

from django.conf import settings
from django.contrib.auth import get_user_model
from django.http import HttpRequest, JsonResponse
from django.urls import path

from benchmarks.requests.contestants.models import Note

OWNER = os.environ.get("OWNER", "")
FIELDS = ("id", "title", "text", "created_at", "updated_at")


def listed(_request: HttpRequest) -> JsonResponse:
    """Answer the first page of an account's rows, and how many there are."""
    notes = Note.objects.filter(owner_id=OWNER)
    count = notes.count()
    rows = list(notes.values(*FIELDS)[: settings.PAGE_SIZE])
    return JsonResponse({"count": count, "next": None, "previous": None, "results": rows})


def account(_request: HttpRequest) -> JsonResponse:
    """Answer an account, by one query."""
    (found,) = get_user_model().objects.filter(pk=OWNER).values("id", "username", "email")
    return JsonResponse(found)


def constant(_request: HttpRequest) -> JsonResponse:
    """Answer what never changes."""
    return JsonResponse({"id": OWNER, "username": "user-0", "email": ""})


urlpatterns = [path("notes/", listed), path("account/", account), path("constant/", constant)]
