"""Base classes for serializers: input that nobody meant is a mistake, not a detail."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from drf_spectacular.extensions import OpenApiSerializerExtension
from rest_framework import serializers

from guard.quick_output import QuickOutput

if TYPE_CHECKING:
    from drf_spectacular.openapi import AutoSchema

    Base = serializers.Serializer[Any]
else:
    Base = object

TEXT = r"^[^\u0000]*$"
TEXT_WITH_A_LETTER = r"^[^\u0000]*[^\s\u0000][^\u0000]*$"


class StrictInput(Base):
    """Refuses unknown and read-only keys, and numbers for texts, with a 400 that names them.

    DRF ignores the first (API3:2023) and converts the second.
    """

    def to_internal_value(self, data: Any) -> Any:
        """Check the keys and the types, then the values."""
        if isinstance(data, Mapping):
            fields = {name: field for name, field in self.fields.items() if not field.read_only}
            faults: dict[str, list[Any]] = {
                name: ["This field is not accepted."]
                for name in sorted(set(map(str, data)) - set(fields))
            }
            faults |= {
                name: [field.error_messages["invalid"]]
                for name, field in fields.items()
                if isinstance(field, serializers.CharField)
                and isinstance(data.get(name), int | float)
            }
            if faults:
                raise serializers.ValidationError(faults)
        return super().to_internal_value(data)


class StrictSerializer(StrictInput, serializers.Serializer[Any]):
    """A serializer that accepts nothing it does not name."""


class StrictModelSerializer(QuickOutput, StrictInput, serializers.ModelSerializer[Any]):
    """The same for a model; always list the fields."""


class StrictInputSchema(OpenApiSerializerExtension):  # type: ignore[no-untyped-call] # its metaclass
    """Says in the OpenAPI schema what is refused."""

    target_class = StrictInput
    match_subclasses = True

    def map_serializer(self, auto_schema: "AutoSchema", direction: Any) -> dict[str, Any]:
        """Describe input as closed, its texts without NUL and, if need be, more than blanks."""
        mapper: Any = auto_schema  # nothing of it is typed
        described = mapper._map_serializer(self.target, direction, bypass_extensions=True)  # noqa: SLF001 - as the base class does
        schema: dict[str, Any] = described
        if direction == "request":
            schema["additionalProperties"] = False
            for name, field in self.target.fields.items():
                if type(field) is serializers.CharField and name in schema["properties"]:
                    blank = field.allow_blank or not field.trim_whitespace
                    pattern = TEXT if blank else TEXT_WITH_A_LETTER
                    schema["properties"][name]["pattern"] = pattern
        return schema
