"""A list of rows says what DRF's list of objects says, and gives way where objects are needed."""

from typing import Any

import pytest
from django.db.models import Model, QuerySet
from django.db.models.query import ModelIterable
from django.db.models.signals import post_init, pre_init
from rest_framework import serializers
from rest_framework.filters import BaseFilterBackend
from rest_framework.generics import ListAPIView
from rest_framework.test import APIRequestFactory

from accounts.models import User
from guard.quick_lists import QuickListMixin
from guard.quick_output import QuickOutput

pytestmark = pytest.mark.django_db


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


@pytest.fixture(autouse=True)
def _accounts(anna: User, berta: User) -> None:
    """Two of them, one of whom was never here."""
    User.objects.filter(pk=anna.pk).update(last_login=anna.date_joined)


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


@pytest.mark.parametrize("query", ["", "?page_size=1", "?page_size=1&page=2"])
def test_the_page_is_the_one_that_drf_returns(query: str) -> None:
    quick, ordinary = listed(QuickListMixin, query=query), listed(query=query)
    assert quick == ordinary
    assert [list(row) for row in quick["results"]] == [list(row) for row in ordinary["results"]]


def test_a_list_without_pages_is_too(monkeypatch: pytest.MonkeyPatch) -> None:
    assert listed(QuickListMixin, pagination_class=None) == listed(pagination_class=None)
    assert len(listed(QuickListMixin, pagination_class=None)) == 2
    assert makes_no_objects(monkeypatch, pagination_class=None)


def test_no_object_is_made(monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any) -> None:
    assert makes_no_objects(monkeypatch)
    with django_assert_num_queries(1):
        listed(QuickListMixin)


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


def louder(_: View, *args: Any, **kwargs: Any) -> Louder:
    return Louder(*args, **kwargs)


NEEDS_OBJECTS: dict[str, dict[str, Any]] = {
    "a field that is no column": {"serializer_class": Counted},
    "an object shown in its own way": {"serializer_class": Louder},
    "a list shown in its own way": {"serializer_class": ShownBackwards},
    "a serializer that is not ours": {"serializer_class": Ordinary},
    "a serializer without a model": {"serializer_class": Fields},
    "a serializer that the view makes": {"get_serializer": louder},
    "what belongs to the objects": {"queryset": View.queryset.prefetch_related("groups")},
}


@pytest.mark.parametrize("attributes", NEEDS_OBJECTS.values(), ids=NEEDS_OBJECTS)
def test_what_needs_objects_gets_them(
    monkeypatch: pytest.MonkeyPatch, attributes: dict[str, Any]
) -> None:
    assert not makes_no_objects(monkeypatch, **attributes)
    assert listed(QuickListMixin, **attributes) == listed(**attributes)


class Columns(QuickOutput, serializers.ModelSerializer[Any]):
    class Meta:
        model = User
        fields = COLUMNS


@pytest.mark.parametrize("kind", ["values", "objects"])
def test_rows_that_come_as_something_else_are_left_to_drf(kind: str) -> None:
    rows = View.queryset.values(*COLUMNS) if kind == "values" else list(View.queryset.all())
    given: Any = {"get_queryset": lambda _: rows, "serializer_class": Columns}
    assert listed(QuickListMixin, **given) == listed(**given)


class Flags(QuickOutput, serializers.ModelSerializer[Any]):
    class Meta:
        model = User
        fields = ("is_active",)


EVERYBODY = User.objects.order_by()
ALIKE: dict[str, QuerySet[User]] = {
    "distinct": EVERYBODY.distinct(),
    "united": EVERYBODY.filter(username="anna").union(EVERYBODY.filter(username="berta")),
}
ALIKE = {name: rows.order_by("is_active") for name, rows in ALIKE.items()}


@pytest.mark.parametrize("rows", ALIKE.values(), ids=ALIKE)
def test_rows_that_look_alike_are_not_the_same(rows: QuerySet[User]) -> None:
    found = listed(QuickListMixin, queryset=rows, serializer_class=Flags)
    assert found["results"] == [{"is_active": True}] * 2


def test_no_column_comes_that_was_left_out() -> None:
    given: Any = {"queryset": View.queryset.values("email"), "serializer_class": Columns}
    for bases in ((QuickListMixin,), ()):
        with pytest.raises(KeyError):
            listed(*bases, **given)


class Ours(BaseFilterBackend):
    def filter_queryset(self, request: Any, queryset: Any, view: Any) -> Any:
        return queryset.filter(username="anna")


def test_a_view_may_leave_rows_out() -> None:
    found = listed(QuickListMixin, filter_backends=[Ours])["results"]
    assert [row["username"] for row in found] == ["anna"]


def test_a_query_for_another_model_is_left_to_drf(monkeypatch: pytest.MonkeyPatch) -> None:
    class Other(User):
        class Meta:
            proxy = True
            app_label = "accounts"

    assert not makes_no_objects(monkeypatch, queryset=Other._base_manager.order_by("username"))


def test_a_model_may_make_its_objects_in_its_own_way(monkeypatch: pytest.MonkeyPatch) -> None:
    def from_db(cls: type[Model], *given: Any) -> Any:
        made = Model.from_db.__func__(cls, *given)  # type: ignore[attr-defined]
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


def test_the_count_stays_out_of_rows() -> None:
    rows: QuerySet[Any, Any] = User.objects.order_by("username").values("username")

    class Plain(View):
        queryset = rows

        def list(self, request: Any, *args: Any, **kwargs: Any) -> Any:
            return self.get_paginated_response(self.paginate_queryset(self.get_queryset()))

    answer: Any = Plain.as_view()(APIRequestFactory().get("/")).data
    assert answer["count"] == 2
    assert answer["results"] == [{"username": "anna"}, {"username": "berta"}]
