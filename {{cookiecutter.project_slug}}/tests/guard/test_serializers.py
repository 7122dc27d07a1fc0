"""What goes in and out of a model is a list of fields, never whatever the model has (API3:2023)."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import get_resolver
from rest_framework.exceptions import ValidationError
from rest_framework.serializers import CharField, IntegerField, ModelSerializer

from guard.serializers import StrictModelSerializer, StrictSerializer


class Example(StrictSerializer):
    """A field to write and one to read."""

    name = CharField()
    made_by = CharField(read_only=True)
    age = IntegerField(required=False)


def own_model_serializers(base: Any = ModelSerializer) -> Iterator[Any]:
    """Yield every one that the service's views have loaded."""
    assert get_resolver().url_patterns
    for found in base.__subclasses__():
        yield from own_model_serializers(found)
        if hasattr(found, "Meta") and not found.__module__.startswith(("rest_framework", "tests")):
            yield found


def test_every_model_serializer_names_its_fields_and_refuses_other_keys() -> None:
    found = list(own_model_serializers())
    assert found
    for serializer in found:
        assert issubclass(serializer, StrictModelSerializer), serializer
        assert isinstance(serializer.Meta.fields, tuple), serializer
        assert not hasattr(serializer.Meta, "exclude"), serializer
        assert not hasattr(serializer.Meta, "depth"), serializer


@pytest.mark.parametrize("key", ["other", "made_by", "Name", "name ", "__class__", ""])
def test_a_key_that_nobody_reads_is_named(key: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        Example(data={"name": "x", key: "y"}).is_valid(raise_exception=True)
    assert refusal.value.detail == {key: ["This field is not accepted."]}


@pytest.mark.parametrize("value", [0, 17, 1.5, True, None, ["x"], {"x": "y"}])
def test_a_text_is_a_text(value: object) -> None:
    with pytest.raises(ValidationError) as refusal:
        Example(data={"name": value}).is_valid(raise_exception=True)
    assert set(refusal.value.detail) == {"name"}


def test_a_number_where_one_belongs_is_no_fault() -> None:
    assert Example(data={"name": "x", "age": 17}).is_valid()
