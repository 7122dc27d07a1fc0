# option: jwt
"""The public keys, from which any service verifies access tokens (RFC 7517)."""

from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from jwt_login.keyring import keyring
from jwt_login.serializers import JwksSerializer

MAX_AGE_SECONDS = 300  # how long a new key may stay unknown to other services (docs/jwt.md)


class JwkSetRenderer(JSONRenderer):
    """JSON under the name that RFC 7517, 8.5.2 gives a key set, for those who ask for it."""

    media_type = "application/jwk-set+json"


class JwksView(APIView):
    """Open to everyone and not counted: a service that cannot fetch the keys lets nobody in."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    throttle_classes = ()
    renderer_classes = (JSONRenderer, JwkSetRenderer)

    @extend_schema(tags=["auth"], responses=JwksSerializer)
    def get(self, request: Request) -> Response:
        """Return the key set; caches may keep it."""
        headers = {"Cache-Control": f"public, max-age={MAX_AGE_SECONDS}"}
        return Response(keyring().jwks(), headers=headers)
