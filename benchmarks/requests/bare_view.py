"""A view behind all layers of our service that asks nothing and nobody."""

from __future__ import annotations

from pathlib import Path

PATH = "/bare/"
VIEW = f"""
from django.http import JsonResponse
urlpatterns = [*urlpatterns, path("{PATH[1:]}", lambda request: JsonResponse({{"bare": True}}))]
"""


def add(project: Path) -> None:
    """Add it to a generated project."""
    with (project / "config" / "urls.py").open("a", encoding="utf-8") as urls:
        urls.write(VIEW)
