"""A view that lists accounts, with QuickListMixin and without."""

from typing import Any

import pytest
from django.db.models.query import ModelIterable
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.test import APIRequestFactory

from accounts.models import User
from guard.quick_lists import QuickListMixin
from guard.quick_output import QuickOutput

COLUMNS = ("username", "email", "is_active", "last_login", "date_joined")


class Shown(QuickOutput, serializers.ModelSerializer[Any]):
    named = serializers.CharField(source="username")
    seen = serializers.CharField(source="last_login")

    class Meta:
        model = User
        fields: Any = ("id", "named", "seen", *COLUMNS)


class View(ListAPIView[User]):
    permission_classes = ()
    authentication_classes = ()
    serializer_class: Any = Shown
    queryset: Any = User.objects.order_by("username")


def listed(*bases: type, query: str = "", **attributes: Any) -> Any:
    """Return what a view answers."""
    view: Any = type("Listed", (*bases, View), attributes)
    return view.as_view()(APIRequestFactory().get(f"/{query}")).data


def makes_no_objects(monkeypatch: pytest.MonkeyPatch, **attributes: Any) -> bool:
    """Tell whether a list comes without an object."""

    def refuse(_: object) -> None:
        raise AssertionError

    with monkeypatch.context() as watched:
        watched.setattr(ModelIterable, "__iter__", refuse)
        try:
            listed(QuickListMixin, **attributes)
        except AssertionError:
            return False
        return True
