# option: jwt
"""The routes of a JWT login: begin, refresh, end."""

from django.db import transaction
from django.utils.decorators import method_decorator
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.exceptions import Throttled
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.login import check_login
from accounts.serializers import CredentialsSerializer
from guard.callers import vouch_for
from guard.django_request import django_request
from guard.limits.rules import refusal, rule_of
from guard.throttles import count
from jwt_login import refresh, services
from jwt_login.authentication import challenge
from jwt_login.claims import Claims
from jwt_login.serializers import RefreshSerializer, TokenPairSerializer


class CredentialView(APIView):
    """Takes its credential from the body: open to everyone, deaf to headers and cookies."""

    authentication_classes = ()
    permission_classes = (AllowAny,)

    def get_authenticate_header(self, request: Request) -> str:
        """Keep a refusal a 401; DRF makes it a 403 where no header names a scheme."""
        return challenge()


@extend_schema(tags=["auth"])
class LoginView(CredentialView):
    """Username and password for a pair of tokens."""

    @extend_schema(request=CredentialsSerializer, responses=TokenPairSerializer)
    def post(self, request: Request) -> Response:
        """Begin a login."""
        body = CredentialsSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        user = check_login(request, **body.validated_data)
        return Response(TokenPairSerializer(services.start(user, request)).data)


# A transaction around the view would undo the revocation that comes with a 401.
@method_decorator(transaction.non_atomic_requests, name="dispatch")
@extend_schema(tags=["auth"])
class RefreshView(CredentialView):
    """A refresh token for its successor and a new access token."""

    @extend_schema(request=RefreshSerializer, responses=TokenPairSerializer)
    def post(self, request: Request) -> Response:
        """Refresh; a refresh token that comes a second time ends the login."""
        claims = refresh_claims(request)
        count_for_account(request, claims)
        pair = services.rotate(claims, request)
        vouch_for(django_request(request))
        return Response(TokenPairSerializer(pair).data)


@extend_schema(tags=["auth"])
class RevokeView(CredentialView):
    """The end of a login, by any of its refresh tokens."""

    @extend_schema(
        request=RefreshSerializer, responses={204: OpenApiResponse(description="It is over.")}
    )
    def post(self, request: Request) -> Response:
        """End the login; doing so again is a 204 as well, because it is over (RFC 7009, 2.2)."""
        services.revoke(services.login_of(refresh_claims(request)), request)
        return Response(status=status.HTTP_204_NO_CONTENT)


def refresh_claims(request: Request) -> Claims:
    """Read the refresh token of a body: 400 if there is none, 401 if it is not genuine."""
    body = RefreshSerializer(data=request.data)
    body.is_valid(raise_exception=True)
    return refresh.read(body.validated_data["refresh"])


def count_for_account(request: Request, claims: Claims) -> None:
    """Raise Throttled beyond THROTTLE_USER, and StoreUnavailable where that cannot be counted."""
    states = count(request, [rule_of("user", str(claims.user_id))], strict=True)
    if refused := refusal(states.values()):
        raise Throttled(wait=refused.wait)
