# option: jwt
"""Addresses under auth/."""

from django.urls import path

from jwt_login.views import LoginView, RefreshView, RevokeView

urlpatterns = [
    path("jwt/", LoginView.as_view(), name="jwt-login"),
    path("jwt/refresh/", RefreshView.as_view(), name="jwt-refresh"),
    path("jwt/revoke/", RevokeView.as_view(), name="jwt-revoke"),
]
