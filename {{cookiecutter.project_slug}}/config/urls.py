"""Every address of the service. All are closed but those in tests/test_closed_by_default.py."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from config.identity import NAME
from config.root import RootView

admin.site.site_header = admin.site.site_title = NAME

api = [
    path("auth/", include("tokens.urls")),
    path("auth/", include("jwt_login.urls")),  # option: jwt
    path("", include("accounts.urls")),
    path("", include("notes.urls")),  # option: example_api
]

urlpatterns = [
    path("", RootView.as_view(), name="root"),
    path("api/v1/", include(api)),
    path("api/", include("guard.schema_urls")),
    path(".well-known/", include("jwt_login.well_known_urls")),  # option: jwt
    path(f"{settings.ADMIN_PATH}/", admin.site.urls),
]

handler400 = "guard.handlers.bad_request"
handler403 = "guard.handlers.permission_denied"
handler404 = "guard.handlers.not_found"
handler500 = "guard.handlers.server_error"
