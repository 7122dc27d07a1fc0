"""Base classes for serializers: an input key that nobody reads is a mistake, not a detail."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from rest_framework import serializers

if TYPE_CHECKING:
    Base = serializers.Serializer[Any]
else:
    Base = object


class StrictInput(Base):
    """Refuses unknown and read-only keys with a 400 that names them (API3:2023)."""

    def to_internal_value(self, data: Any) -> Any:
        """Check the keys, then the values."""
        if isinstance(data, Mapping):
            known = {name for name, field in self.fields.items() if not field.read_only}
            unknown = sorted(set(map(str, data)) - known)
            if unknown:
                raise serializers.ValidationError(
                    {name: ["This field is not accepted."] for name in unknown}
                )
        return super().to_internal_value(data)


class StrictSerializer(StrictInput, serializers.Serializer[Any]):
    """A serializer that accepts nothing it does not name."""


class StrictModelSerializer(StrictInput, serializers.ModelSerializer[Any]):
    """The same for a model; always list the fields."""
