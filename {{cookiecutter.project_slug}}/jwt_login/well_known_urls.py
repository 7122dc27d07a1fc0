# option: jwt
"""Addresses under /.well-known/ (RFC 8615)."""

from django.urls import path

from jwt_login.well_known import JwksView

urlpatterns = [path("jwks.json", JwksView.as_view(), name="jwks")]
