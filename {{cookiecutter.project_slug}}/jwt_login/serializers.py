# option: jwt
"""Bodies of the JWT routes; names as in djangorestframework-simplejwt, so its clients fit."""

from typing import Any

from rest_framework import serializers

from guard.serializers import StrictSerializer


class TokenField(serializers.CharField):
    """Any text at all: a malformed token is a 401 like every other, not a 400 with a reason."""

    def __init__(self) -> None:
        super().__init__(allow_blank=True, trim_whitespace=False)

    def run_validators(self, value: Any) -> None:
        """Leave the judgment to the reader of tokens."""


class RefreshSerializer(StrictSerializer):
    """What refresh and revoke take."""

    refresh = TokenField()


class TokenPairSerializer(serializers.Serializer[Any]):
    """What a login and a refresh answer."""

    access = serializers.CharField(help_text="For Authorization: Bearer; lives for minutes.")
    refresh = serializers.CharField(help_text="For one call of refresh; then use its successor.")


class JwkSerializer(serializers.Serializer[Any]):
    """A public key (RFC 7517)."""

    alg = serializers.CharField()
    crv = serializers.CharField()
    kid = serializers.CharField()
    kty = serializers.CharField()
    use = serializers.CharField()
    x = serializers.CharField()
    y = serializers.CharField()


class JwksSerializer(serializers.Serializer[Any]):
    """The public keys (RFC 7517)."""

    keys = JwkSerializer(many=True)
