# option: jwt
"""Staff see who is logged in and can end it; a token or its id is nowhere."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from jwt_login.models import JwtLogin
from jwt_login.services import revoke


@admin.register(JwtLogin)
class JwtLoginAdmin(admin.ModelAdmin):  # type: ignore[type-arg] # takes none at run time
    """Read, revoke, delete (which ends a login too); nothing to add or to change."""

    list_display = ("user", "created_at", "rotated_at", "expires_at", "revoked_at")
    list_filter = ("created_at", "expires_at", "revoked_at")
    list_select_related = ("user",)
    search_fields = ("user__username",)
    fields = readonly_fields = ("id", *list_display)
    actions = ("revoke_logins",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Only a password check begins a login."""
        return False

    def has_change_permission(
        self,
        request: HttpRequest,
        obj: JwtLogin | None = None,
    ) -> bool:
        """A login is not edited."""
        return False

    def delete_model(self, request: HttpRequest, obj: JwtLogin) -> None:
        """Delete it; if it was still going on, that ended it."""
        revoke(obj, request)
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[JwtLogin]) -> None:
        """Do the same for several."""
        for login in queryset.select_related("user"):
            revoke(login, request)
        super().delete_queryset(request, queryset)

    @admin.action(description="End the selected logins", permissions=["delete"])
    def revoke_logins(self, request: HttpRequest, queryset: QuerySet[JwtLogin]) -> None:
        """Revoke, with an event for each login that was still going on."""
        ended = sum(revoke(login, request) for login in queryset.select_related("user"))
        self.message_user(request, f"{ended} logins ended.", messages.SUCCESS)
