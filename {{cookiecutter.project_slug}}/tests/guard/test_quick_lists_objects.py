"""A list is made of objects where something else than their columns may be shown."""

from typing import Any

import pytest
from django.db.models import Model
from django.db.models.signals import post_init, pre_init
from rest_framework import serializers
from rest_framework.pagination import CursorPagination

from accounts.models import User
from guard.pagination import BoundedPagination
from guard.quick_lists import QuickListMixin
from tests.guard.listing import Shown, View, listed, makes_no_objects

pytestmark = pytest.mark.usefixtures("two_accounts")


class Counted(Shown):
    """Shows what no column holds."""

    letters = serializers.SerializerMethodField()

    class Meta(Shown.Meta):
        fields = (*Shown.Meta.fields, "letters")

    def get_letters(self, user: User) -> int:
        return len(user.username)


class Louder(Shown):
    """Shows an object in its own way."""

    def to_representation(self, instance: User) -> Any:
        return super().to_representation(instance) | {"username": instance.get_username().upper()}


class Backwards(serializers.ListSerializer[Any]):
    """Shows a list in its own way."""

    def to_representation(self, data: Any) -> list[Any]:
        return super().to_representation(data)[::-1]


class ShownBackwards(Shown):
    class Meta(Shown.Meta):
        list_serializer_class = Backwards


class Ordinary(serializers.ModelSerializer[Any]):
    class Meta(Shown.Meta):
        fields = ("username",)


class Fields(serializers.Serializer[Any]):
    username = serializers.CharField()


class Cursor(CursorPagination):
    """Says where a page ends by a column that is not shown."""

    ordering = "password"


class Greeting(BoundedPagination):
    """Does something with the objects of a page."""

    def paginate_queryset(self, queryset: Any, request: Any, view: Any = None) -> Any:
        page = super().paginate_queryset(queryset, request, view)
        return sorted(page or (), key=User.get_username)


def louder(_: View, *args: Any, **kwargs: Any) -> Louder:
    return Louder(*args, **kwargs)


NEEDS_OBJECTS: dict[str, dict[str, Any]] = {
    "a field that is no column": {"serializer_class": Counted},
    "an object shown in its own way": {"serializer_class": Louder},
    "a list shown in its own way": {"serializer_class": ShownBackwards},
    "a serializer that is not ours": {"serializer_class": Ordinary},
    "a serializer without a model": {"serializer_class": Fields},
    "a serializer that the view makes": {"get_serializer": louder},
    "a cursor": {"pagination_class": Cursor},
    "a page of one's own": {"pagination_class": Greeting},
    "what belongs to the objects": {"queryset": View.queryset.prefetch_related("groups")},
}


@pytest.mark.parametrize("attributes", NEEDS_OBJECTS.values(), ids=NEEDS_OBJECTS)
def test_what_needs_objects_gets_them(
    monkeypatch: pytest.MonkeyPatch, attributes: dict[str, Any]
) -> None:
    assert not makes_no_objects(monkeypatch, **attributes)
    assert listed(QuickListMixin, **attributes) == listed(**attributes)


def test_a_query_for_another_model_is_left_to_drf(monkeypatch: pytest.MonkeyPatch) -> None:
    class Other(User):
        class Meta:
            proxy = True
            app_label = "accounts"

    assert not makes_no_objects(monkeypatch, queryset=Other._base_manager.order_by("username"))


def test_a_model_may_make_its_objects_in_its_own_way(monkeypatch: pytest.MonkeyPatch) -> None:
    original = User.from_db

    def from_db(_: type[Model], *given: Any, **named: Any) -> Any:
        made = original(*given, **named)
        made.email = "own@example.com"
        return made

    monkeypatch.setattr(User, "from_db", classmethod(from_db))
    assert {row["email"] for row in listed(QuickListMixin)["results"]} == {"own@example.com"}


def test_a_model_may_begin_its_objects_in_its_own_way(monkeypatch: pytest.MonkeyPatch) -> None:
    def begin(user: User, *args: Any) -> None:
        Model.__init__(user, *args)
        user.email = "own@example.com"

    monkeypatch.setattr(User, "__init__", begin)
    assert {row["email"] for row in listed(QuickListMixin)["results"]} == {"own@example.com"}


@pytest.mark.parametrize("signal", [pre_init, post_init])
def test_who_waits_for_new_objects_gets_them(signal: Any) -> None:
    made: list[Any] = []

    def note(**given: Any) -> None:
        made.append(given)

    signal.connect(note, sender=User)
    try:
        listed(QuickListMixin)
    finally:
        signal.disconnect(note, sender=User)
    assert len(made) == 2


def test_an_attribute_that_is_more_than_its_column_is_read_from_an_object(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(User, "email", property(lambda user: f"{user.username}@own"))
    monkeypatch.setattr(User, "__init__", User.__init__)
    assert not makes_no_objects(monkeypatch)
