# option: jwt
"""Tells OpenAPI about the credential."""

from typing import TYPE_CHECKING, Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension

if TYPE_CHECKING:
    from drf_spectacular.openapi import AutoSchema


class JwtScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """``Authorization: Bearer``; found by drf-spectacular because it is imported."""

    target_class = "jwt_login.authentication.JwtAuthentication"
    name = "jwt"

    def get_security_definition(self, auto_schema: "AutoSchema") -> dict[str, Any]:
        """Return the security scheme object (OpenAPI 3, 4.8.27)."""
        return {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}
