"""The typical service: the caller's rows, the caller, and what is open to all."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.urls import include, path
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.routers import SimpleRouter
from rest_framework.serializers import ModelSerializer
from rest_framework.views import APIView
from rest_framework.viewsets import ModelViewSet

from benchmarks.requests.contestants.models import Note
from benchmarks.requests.contestants.serializers import NoteSerializer


class NoteViewSet(ModelViewSet):
    """Notes of the caller."""

    serializer_class = NoteSerializer
    queryset = Note.objects.none()

    def get_queryset(self) -> "QuerySet[Note]":
        """Return what the caller owns."""
        found: QuerySet[Note] = Note.objects.filter(owner=self.request.user)
        return found

    def perform_create(self, serializer: Any) -> None:
        """Make the caller the owner."""
        serializer.save(owner=self.request.user)


class MeSerializer(ModelSerializer):
    """The caller."""

    class Meta:
        model = get_user_model()
        fields = ("id", "username", "email")


class MeView(APIView):
    """The caller."""

    def get(self, request: Request) -> Response:
        """Answer who is calling."""
        return Response(MeSerializer(request.user).data)


class OpenView(APIView):
    """What strangers may ask: AnonRateThrottle limits them here, and nowhere else."""

    permission_classes = (AllowAny,)

    def get(self, _request: Request) -> Response:
        """Answer that it is here."""
        return Response({"status": "ok"})


router = SimpleRouter()
router.register("notes", NoteViewSet, basename="note")
urlpatterns = [
    path("api/", include(router.urls)),
    path("api/me/", MeView.as_view()),
    path("api/open/", OpenView.as_view()),
]
