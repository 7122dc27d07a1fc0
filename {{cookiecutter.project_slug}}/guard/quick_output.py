"""Reads the columns of a model straight from its objects."""

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any

from django.db.models import Model
from rest_framework import serializers
from rest_framework.fields import Field, FileField
from rest_framework.serializers import BaseSerializer, ModelSerializer

if TYPE_CHECKING:
    Base = serializers.ModelSerializer[Any]
else:
    Base = object

Column = tuple[str, str, Callable[[Any], Any]]  # name in the answer, attribute, representation
# A serializer with one of its own may have other fields for another request.
DECIDES_FIELDS = ("get_fields", "get_field_names", "get_extra_kwargs", "build_field")


class QuickOutput(Base):
    """Represents an object as DRF does; a mixin before ModelSerializer.

    DRF makes the fields anew for each request, and finds out for each field of each row how to read
    it. That is the same every time, and for a column of the model it is the attribute. Serializers
    with any other field are left to DRF, and so are those whose fields were touched.
    """

    def to_representation(self, instance: Any) -> Any:
        """Return the primitive values of an object's fields."""
        columns = () if "fields" in self.__dict__ else columns_of(type(self))
        if columns and isinstance(instance, self.Meta.model):
            values = ((name, getattr(instance, source), show) for name, source, show in columns)
            return {name: None if value is None else show(value) for name, value, show in values}
        return super().to_representation(instance)


@cache
def columns_of(serializer: Any) -> tuple[Column, ...]:
    """Return how the fields of a class are read; nothing if DRF has to find out."""
    own = {name for name in DECIDES_FIELDS if changes(serializer, ModelSerializer, name)}
    if own or changes(serializer, BaseSerializer, "__init__"):
        return ()
    names = plain_columns(serializer.Meta.model)
    fields = [field for field in serializer().fields.values() if not field.write_only]
    if not all(is_column(field, names) for field in fields):
        return ()
    return tuple((field.field_name, field.source, field.to_representation) for field in fields)


def changes(serializer: type, base: type, name: str) -> bool:
    """Tell whether a class has a method of its own in the place of DRF's."""
    return getattr(serializer, name) is not getattr(base, name)


def plain_columns(model: type[Model]) -> set[str]:
    """Return the names of the columns that hold plain values."""
    return {field.name for field in model._meta.concrete_fields if not field.is_relation}


def is_column(field: Field[Any, Any, Any, Any], names: set[str]) -> bool:
    """Tell whether a field is read from the attribute that its source names.

    A field of somebody's own may ask who wants to know; DRF's for files does.
    """
    of_drf = type(field).__module__ == Field.__module__ and not isinstance(field, FileField)
    reads = type(field).get_attribute is Field.get_attribute
    return of_drf and reads and field.source in names
