"""Session login for pages on the service's own origin, protected against CSRF.

Scripts of such a page GET the token first and send it as X-CSRFToken with everything that writes.
"""

from typing import Any

from django.contrib.auth import get_user, login, logout
from django.middleware.csrf import get_token
from drf_spectacular.utils import extend_schema, inline_serializer
from rest_framework import serializers, status
from rest_framework.authentication import SessionAuthentication
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.login import check_login
from accounts.serializers import CredentialsSerializer
from guard.django_request import django_request


class SessionView(APIView):
    """The caller's session."""

    authentication_classes = ()
    permission_classes = (AllowAny,)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Check CSRF, which DRF does for callers with a session only; a login needs it, too."""
        super().initial(request, *args, **kwargs)
        if request.method in self.allowed_methods:  # others are a 405 for everybody
            plain: Any = django_request(request)  # the other would read the body first
            SessionAuthentication().enforce_csrf(plain)

    def get_authenticate_header(self, request: Request) -> str:
        """Keep a wrong password a 401; DRF makes it a 403 where no header names a scheme."""
        return 'Session realm="api"'

    @extend_schema(
        responses=inline_serializer("CsrfToken", {"csrf_token": serializers.CharField()})
    )
    def get(self, request: Request) -> Response:
        """Answer the CSRF token and set its cookie."""
        return Response({"csrf_token": get_token(django_request(request))})

    @extend_schema(request=CredentialsSerializer, responses={204: None})
    def post(self, request: Request) -> Response:
        """Log in; the session's id is new, so that nobody can have planted it."""
        credentials = CredentialsSerializer(data=request.data)
        credentials.is_valid(raise_exception=True)
        user = check_login(request, **credentials.validated_data)
        request.session.flush()  # Django keeps the id of a caller who is logged in already
        login(django_request(request), user)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(responses={204: None})
    def delete(self, request: Request) -> Response:
        """Log out: the session is gone from the server."""
        asked = django_request(request)
        asked.user = get_user(asked)  # whose session it is; for DRF the caller is a stranger here
        logout(asked)
        return Response(status=status.HTTP_204_NO_CONTENT)
