"""Objects are represented as DRF represents them."""

from datetime import UTC, datetime
from typing import Any

import pytest
from rest_framework import serializers

from accounts.models import User
from guard.quick_output import QuickOutput, is_column
from tokens.models import ApiToken


class Ordinary(serializers.ModelSerializer[Any]):
    class Meta:
        model = User
        fields = ("id", "username", "email", "is_active", "last_login", "date_joined")


class Quick(QuickOutput, Ordinary):
    pass


class OrdinaryToken(serializers.ModelSerializer[Any]):
    owner = serializers.CharField(source="user.username")
    length = serializers.SerializerMethodField()

    class Meta:
        model = ApiToken
        fields = ("id", "name", "owner", "length")

    def get_length(self, token: ApiToken) -> int:
        return len(token.name)


class QuickToken(QuickOutput, OrdinaryToken):
    pass


@pytest.fixture
def user(anna: User) -> User:
    anna.refresh_from_db()
    return anna


def test_columns_are_what_drf_makes_of_them(user: User) -> None:
    assert Quick(user).data == Ordinary(user).data
    assert Quick([user, user], many=True).data == Ordinary([user, user], many=True).data
    assert list(Quick(user).data) == list(Ordinary(user).data)


def test_other_fields_are_left_to_drf(user: User) -> None:
    token = ApiToken(user=user, name="phone")
    assert QuickToken(token).data == OrdinaryToken(token).data
    assert QuickToken(token).data["owner"] == "anna"


def test_other_objects_are_left_to_drf(user: User) -> None:
    values = {name: getattr(user, name) for name in Ordinary.Meta.fields}
    assert Quick(values).data == Ordinary(values).data


def test_fields_may_be_taken_away_from_a_serializer(user: User) -> None:
    serializer = Quick(user)
    serializer.fields.pop("email")
    assert "email" not in serializer.data
    assert serializer.data["username"] == "anna"


def test_fields_may_depend_on_the_request(user: User) -> None:
    class Chosen(Quick):
        def get_fields(self) -> Any:
            fields = super().get_fields()
            return {name: fields[name] for name in self.context["names"]}

    for names in (["id"], ["username", "email"]):
        assert list(Chosen(user, context={"names": names}).data) == names


def test_a_field_of_ones_own_may_ask_who_wants_to_know(user: User) -> None:
    class Marked(serializers.CharField):
        def to_representation(self, value: Any) -> str:
            return f"{value}{self.context['mark']}"

    class Told(Quick):
        username = Marked()

    for mark in "!?":
        assert Told(user, context={"mark": mark}).data["username"] == f"anna{mark}"


def test_a_file_is_left_to_drf_which_asks_for_the_address_of_the_service() -> None:
    file = serializers.FileField(source="email")
    file.bind("file", Quick())
    assert not is_column(file, {"email"})


def test_a_serializer_may_be_made_in_its_own_way(user: User) -> None:
    class Without(Quick):
        def __init__(self, *args: Any, without: str, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            del self.fields[without]

    assert "email" not in Without(user, without="email").data


def test_a_serializer_may_want_to_know_something(user: User) -> None:
    class Told(Quick):
        def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)

    assert Told(user, language="de").data == Ordinary(user).data


def test_what_is_only_taken_in_does_not_come_out(user: User) -> None:
    class Secret(Quick):
        class Meta(Quick.Meta):
            extra_kwargs = {"email": {"write_only": True}}

    assert "email" not in Secret(user).data


def test_a_time_is_written_as_drf_writes_it(user: User, call_as: Any) -> None:
    user.date_joined = datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=UTC)
    user.save(update_fields=["date_joined"])
    assert call_as(user).get("/api/v1/me/").json()["date_joined"] == "2026-01-02T03:04:05.678901Z"
