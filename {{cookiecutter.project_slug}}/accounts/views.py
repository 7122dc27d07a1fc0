"""The caller's own account."""

from typing import cast

from django.contrib.auth import update_session_auth_hash
from django.db import transaction
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.exceptions import AuthenticationFailed, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.login import check_login, lock_checked
from accounts.models import User
from accounts.serializers import MeSerializer, PasswordChangeSerializer
from guard.django_request import django_request
from guard.events import Event, emit
from guard.exceptions import AlreadyReported


class WrongPasswordError(AlreadyReported, ValidationError):
    """A field error, after the event of it."""


class MeView(APIView):
    """The caller."""

    @extend_schema(responses=MeSerializer)
    def get(self, request: Request) -> Response:
        """Answer who is calling."""
        return Response(MeSerializer(request.user).data)


class PasswordView(APIView):
    """The caller's password."""

    @extend_schema(request=PasswordChangeSerializer, responses={204: None})
    def post(self, request: Request) -> Response:
        """Change it; every other login of the account ends, this one stays."""
        serializer = PasswordChangeSerializer(data=request.data, context={"request": request})
        serializer.is_valid(raise_exception=True)
        passwords = serializer.validated_data
        username = cast("User", request.user).username
        try:
            current = passwords["current_password"]
            user = check_login(request, username, current, is_login=False)
            with transaction.atomic():
                lock_checked(user)  # of two changes at once the second has a wrong password
                user.set_password(passwords["new_password"])
                user.kept_login = request.auth
                user.save(update_fields=["password"])
        except AuthenticationFailed as error:
            emit(Event.PASSWORD_CHANGE_FAILED, request=request, user=request.user)
            raise WrongPasswordError({"current_password": ["This is not the password."]}) from error
        if request.auth is None:  # the caller came with a session, which would end, too
            update_session_auth_hash(django_request(request), user)
        return Response(status=status.HTTP_204_NO_CONTENT)
