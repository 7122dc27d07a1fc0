"""What API tokens take in and give out."""

from rest_framework import serializers

from accounts.serializers import CredentialsSerializer
from guard.serializers import StrictModelSerializer
from tokens.models import ApiToken


class TokenRequestSerializer(CredentialsSerializer):
    """A login, and a name by which its owner will know it."""

    name = serializers.CharField(max_length=100, required=False, default="", allow_blank=True)


class ApiTokenSerializer(StrictModelSerializer):
    """A token in the list of its owner."""

    class Meta:
        model = ApiToken
        fields = (
            "id",
            "name",
            "created_at",
            "last_used_at",
            "expires_at",  # option: token_expiry
        )
        read_only_fields = fields


class NewTokenSerializer(StrictModelSerializer):
    """A new token with its text, which is shown this once."""

    token = serializers.CharField(read_only=True)

    class Meta:
        model = ApiToken
        fields = (
            "id",
            "token",
            "name",
            "expires_at",  # option: token_expiry
        )
        read_only_fields = fields
