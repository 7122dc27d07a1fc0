"""`Authorization: Token <api token>`, as in DRF."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import TokenAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from accounts.login_lookup import LoginLookup
from accounts.models import User
from guard.exceptions import CredentialRefused
from tokens.models import ApiToken, digest_of

USE_NOTED_EVERY = timedelta(minutes=5)
LOOKUP = LoginLookup(ApiToken, "digest")


class ApiTokenAuthentication(TokenAuthentication):
    """Looks up the digest of a token; one query answers whose it is and whether it still holds."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        """Return account and token, None without such a header, or raise CredentialRefused."""
        try:
            return super().authenticate(request)
        except AuthenticationFailed as error:
            raise CredentialRefused from error

    def authenticate_credentials(self, key: str) -> tuple[User, ApiToken]:
        """Return account and token, or raise AuthenticationFailed."""
        now = timezone.now()
        token = LOOKUP.find(digest_of(key))
        if token is None or not token.user.is_active:
            raise AuthenticationFailed
        # option: token_expiry
        if token.is_expired(now):
            raise AuthenticationFailed
        # end option
        noted = token.last_used_at is not None and now - token.last_used_at < USE_NOTED_EVERY
        if not noted and not settings.READ_ONLY:
            ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
        return token.user, token


class ApiTokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call] # its metaclass
    """Describes the header in the OpenAPI schema."""

    target_class = ApiTokenAuthentication
    name = "apiToken"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        """Return the scheme; OpenAPI has no word for the keyword Token."""
        return {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": "Token followed by a blank and the API token",
        }
