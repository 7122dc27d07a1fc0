"""OpenAPI and its page: for staff, because a description of every endpoint helps an attacker."""

from django.conf import settings
from django.urls import path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.permissions import AllowAny, IsAdminUser

readers = (AllowAny,) if settings.DEBUG else (IsAdminUser,)

urlpatterns = [
    path("schema/", SpectacularAPIView.as_view(permission_classes=readers), name="schema"),
    path(
        "docs/",
        SpectacularSwaggerSplitView.as_view(permission_classes=readers, url_name="schema"),
        name="docs",
    ),
]
