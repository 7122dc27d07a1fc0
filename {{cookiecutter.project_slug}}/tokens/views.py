"""Log in for an API token; list and revoke one's own."""

from typing import cast

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import generics, status
from rest_framework.exceptions import NotFound
from rest_framework.permissions import AllowAny, BasePermission, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.login import check_login
from accounts.models import User
from guard.events import Event, emit
from guard.quick_lists import QuickListMixin
from tokens.models import ApiToken
from tokens.serializers import ApiTokenSerializer, NewTokenSerializer, TokenRequestSerializer
from tokens.services import create_token, revoke


def own_tokens(request: Request) -> QuerySet[ApiToken]:
    """Return the caller's tokens and nobody else's, newest first."""
    return ApiToken.objects.filter(user=cast("User", request.user))


class TokenListView(QuickListMixin, generics.ListAPIView[ApiToken]):
    """All tokens of the caller."""

    serializer_class = ApiTokenSerializer
    queryset = ApiToken.objects.none()

    def get_queryset(self) -> QuerySet[ApiToken]:
        """Return the caller's."""
        return own_tokens(self.request)

    def get_permissions(self) -> list[BasePermission]:
        """Leave the login open, and methods that are not here a 405; close the rest."""
        closed = [method for method in self.allowed_methods if method != "POST"]
        return [IsAuthenticated() if self.request.method in closed else AllowAny()]

    @extend_schema(request=TokenRequestSerializer, responses={201: NewTokenSerializer}, auth=[])
    def post(self, request: Request) -> Response:
        """Log in with a password; the answer shows the token, this once."""
        asked = TokenRequestSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        name = asked.validated_data.pop("name")
        user = check_login(request, **asked.validated_data)
        token, text = create_token(user, name)
        emit(Event.TOKEN_CREATED, request=request, user=user, token_id=str(token.pk))
        answer = NewTokenSerializer(token).data | {"token": text}
        return Response(answer, status=status.HTTP_201_CREATED)

    @extend_schema(operation_id="api_v1_auth_tokens_destroy_all", responses={204: None})
    def delete(self, request: Request) -> Response:
        """Revoke all tokens of the caller."""
        revoke(self.get_queryset().select_related("user"))
        return Response(status=status.HTTP_204_NO_CONTENT)


class TokenView(generics.DestroyAPIView[ApiToken]):
    """One token of the caller."""

    serializer_class = ApiTokenSerializer
    queryset = ApiToken.objects.none()

    def get_queryset(self) -> QuerySet[ApiToken]:
        """Return the caller's."""
        return own_tokens(self.request)

    def perform_destroy(self, instance: ApiToken) -> None:
        """Revoke it."""
        revoke([instance])


class CurrentTokenView(APIView):
    """The token that the request itself came with."""

    @extend_schema(responses={204: None})
    def delete(self, request: Request) -> Response:
        """Log out; 404 for a caller who did not come with an API token."""
        if not isinstance(request.auth, ApiToken):
            raise NotFound
        revoke([request.auth])
        return Response(status=status.HTTP_204_NO_CONTENT)
