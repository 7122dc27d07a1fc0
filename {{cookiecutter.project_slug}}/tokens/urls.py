"""Addresses under /api/v1/auth/."""

from django.urls import path

from tokens.views import CurrentTokenView, TokenListView, TokenView

urlpatterns = [
    path("tokens/", TokenListView.as_view(), name="tokens"),
    path("tokens/current/", CurrentTokenView.as_view(), name="token-current"),
    path("tokens/<uuid:pk>/", TokenView.as_view(), name="token"),
]
