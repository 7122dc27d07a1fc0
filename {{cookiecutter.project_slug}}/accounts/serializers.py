"""What accounts take in and give out."""

from django.contrib.auth.password_validation import validate_password
from rest_framework import serializers

from accounts.models import User
from accounts.validators import LONGEST_PASSWORD
from guard.serializers import StrictModelSerializer, StrictSerializer


def password_field() -> serializers.CharField:
    """Return a field that takes a password byte for byte: nothing is trimmed."""
    return serializers.CharField(
        max_length=LONGEST_PASSWORD,
        trim_whitespace=False,
        write_only=True,
        style={"input_type": "password"},
    )


class CredentialsSerializer(StrictSerializer):
    """A user name and a password."""

    username = serializers.CharField(max_length=150, trim_whitespace=False)
    password = password_field()


class PasswordChangeSerializer(StrictSerializer):
    """The old password and the new one."""

    current_password = password_field()
    new_password = password_field()

    def validate_new_password(self, value: str) -> str:
        """Apply AUTH_PASSWORD_VALIDATORS."""
        validate_password(value, self.context["request"].user)
        return value


class MeSerializer(StrictModelSerializer):
    """What a caller may know about its own account."""

    email = serializers.EmailField(read_only=True, allow_blank=True)

    class Meta:
        model = User
        fields = ("id", "username", "email", "first_name", "last_name", "date_joined")
        read_only_fields = fields
