"""Lists made of rows instead of objects, where nothing but columns is shown.

To make an object of each row takes longer than to read the rows. Whether objects are needed is
found out from serializer, query and model; if they are, or may be, the list is made by DRF.
"""

from inspect import getattr_static
from typing import TYPE_CHECKING, Any, cast

from django.db.models import Model, QuerySet
from django.db.models.query_utils import DeferredAttribute
from django.db.models.signals import post_init, pre_init
from rest_framework import mixins
from rest_framework.generics import GenericAPIView
from rest_framework.pagination import LimitOffsetPagination, PageNumberPagination
from rest_framework.request import Request
from rest_framework.response import Response

from guard.pagination import BoundedPagination
from guard.quick_output import Column, QuickOutput, changes, columns_of

if TYPE_CHECKING:

    class Base(mixins.ListModelMixin, GenericAPIView[Any]): ...
else:
    Base = mixins.ListModelMixin

MAKES_OBJECTS = ("__init__", "from_db")
# Ways to a page that ask nothing of its objects; a cursor does.
PAGES = {
    each.paginate_queryset
    for each in (BoundedPagination, PageNumberPagination, LimitOffsetPagination)
}


class QuickListMixin(Base):
    """The action `list` of a view with a StrictModelSerializer; goes before DRF's classes."""

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Return the page that DRF would return."""
        rows: Any = self.filter_queryset(self.get_queryset())
        own_serializer = changes(type(self), GenericAPIView, "get_serializer")
        pages_take_rows = self.paginator is None or type(self.paginator).paginate_queryset in PAGES
        may_be_rows = pages_take_rows and not own_serializer
        columns = columns_alone(rows, self.get_serializer_class()) if may_be_rows else ()
        if columns:
            rows = rows.values(*dict.fromkeys(source for _, source, _ in columns))
        page = self.paginate_queryset(rows)
        found = rows if page is None else page
        if columns:
            shown: Any = [shown_of(row, columns) for row in found]
        else:
            shown = self.get_serializer(found, many=True).data
        return Response(shown) if page is None else self.get_paginated_response(shown)


def shown_of(row: dict[str, Any], columns: tuple[Column, ...]) -> dict[str, Any]:
    """Return the primitive values of a row."""
    values = ((name, row[source], show) for name, source, show in columns)
    return {name: None if value is None else show(value) for name, value, show in values}


def columns_alone(queryset: Any, serializer: Any) -> tuple[Column, ...]:
    """Return the columns that a serializer shows; nothing if it may need objects."""
    if not (isinstance(queryset, QuerySet) and issubclass(serializer, QuickOutput)):
        return ()
    model, query = serializer.Meta.model, cast("Any", queryset)
    needs_objects = (
        query.model is not model
        or not query.query.default_cols  # values() and its like
        or query._prefetch_related_lookups  # noqa: SLF001 - there is no other way to ask
        or query.query.distinct  # of all columns, not of those that are shown
        or query.query.combinator  # the same
        or changes(serializer, QuickOutput, "to_representation")
        or hasattr(serializer.Meta, "list_serializer_class")
        or adds_to_rows(model)
    )
    columns = () if needs_objects else columns_of(serializer)
    plain = all(type(getattr(model, source)) is DeferredAttribute for _, source, _ in columns)
    return columns if plain else ()


def adds_to_rows(model: type[Model]) -> bool:
    """Tell whether an object of a model may hold something else than what the database said."""
    own = any(getattr_static(model, n) is not getattr_static(Model, n) for n in MAKES_OBJECTS)
    return own or pre_init.has_listeners(model) or post_init.has_listeners(model)
