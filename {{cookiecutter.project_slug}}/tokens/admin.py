"""API tokens in the admin: seen and revoked, never made or shown."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from tokens.models import ApiToken
from tokens.services import revoke


@admin.register(ApiToken)
class ApiTokenAdmin(admin.ModelAdmin):  # type: ignore[type-arg] # takes none at run time
    """Deleting a row revokes the token."""

    list_display = (
        "name",
        "user",
        "created_at",
        "last_used_at",
        "expires_at",  # option: token_expiry
    )
    search_fields = ("name", "user__username")
    exclude = ("digest",)
    list_select_related = ("user",)

    def delete_model(self, request: HttpRequest, obj: ApiToken) -> None:
        """Revoke it."""
        revoke([obj])

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[ApiToken]) -> None:
        """Revoke them."""
        revoke(queryset.select_related("user"))

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Only a login makes a token."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Nothing of a token can be edited."""
        return False
