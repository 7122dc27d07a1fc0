"""Addresses under /api/v1/."""

from django.urls import path

from accounts.session import SessionView
from accounts.views import MeView, PasswordView

urlpatterns = [
    path("me/", MeView.as_view(), name="me"),
    path("auth/password/", PasswordView.as_view(), name="password"),
    path("auth/session/", SessionView.as_view(), name="session"),
]
