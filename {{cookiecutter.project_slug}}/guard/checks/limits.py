"""Limits that would not hold, or not mean what they say."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.urls import URLPattern, URLResolver, get_resolver
from rest_framework.settings import api_settings

from config.faults import ValidationError
from config.parsers import rate
from guard.throttles import UserThrottle

NEEDED = ("anon", "user", "login")


@register(Tags.security, deploy=True)
def shared_store(**_: Any) -> Iterable[CheckMessage]:
    """E001: limits counted in one process are multiplied by the number of processes."""
    if settings.LIMIT_STORE.startswith("memory:"):
        yield Error("Limits are counted in each process.", hint="Set REDIS_URL.", id="guard.E001")


def is_exact(text: object) -> bool:
    """Tell whether a rate is one that means what it says; DRF reads 1/month as 1/minute."""
    try:
        return isinstance(text, str) and rate(text) == text
    except ValidationError:
        return False


@register(Tags.security, deploy=True)
def exact_rates(**_: Any) -> Iterable[CheckMessage]:
    """E008: each rate is a count above zero for one second, minute, hour or day."""
    rates = dict.fromkeys(NEEDED) | dict(api_settings.DEFAULT_THROTTLE_RATES)
    for scope, text in rates.items():
        if not is_exact(text):
            yield Error(
                f"The rate {scope!r} in DEFAULT_THROTTLE_RATES is {text!r}.",
                hint="Write a rate such as 100/hour: per second, minute, hour or day.",
                id="guard.E008",
            )


def scopes(patterns: Iterable[URLPattern | URLResolver]) -> Iterator[str]:
    """Walk all routes; return the scopes that their views name, as a class or for one route."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from scopes(pattern.url_patterns)
            continue
        of_class = getattr(getattr(pattern.callback, "cls", None), "throttle_scope", None)
        if scope := getattr(pattern.callback, "initkwargs", {}).get("throttle_scope", of_class):
            yield scope


@register(Tags.security, deploy=True)
def known_scopes(**_: Any) -> Iterable[CheckMessage]:
    """E009: a view whose scope has no rate fails when it is called."""
    for scope in sorted(set(scopes(get_resolver().url_patterns))):
        if scope not in api_settings.DEFAULT_THROTTLE_RATES:
            yield Error(
                f"A view names the scope {scope!r}, which has no rate.",
                hint="Add it to DEFAULT_THROTTLE_RATES in config/settings/rest.py.",
                id="guard.E009",
            )


@register(Tags.security, deploy=True)
def accounts_are_limited(**_: Any) -> Iterable[CheckMessage]:
    """E010: DRF's own throttles let more through than they say when calls come at once."""
    classes: list[Any] = list(api_settings.DEFAULT_THROTTLE_CLASSES)
    if not any(issubclass(each, UserThrottle) for each in classes):
        yield Error(
            "Accounts have no exact limit.",
            hint="Keep guard.throttles.UserThrottle in DEFAULT_THROTTLE_CLASSES.",
            id="guard.E010",
        )
