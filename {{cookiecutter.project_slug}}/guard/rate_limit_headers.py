"""Tells callers what is left of their limits: RateLimit and RateLimit-Policy.

Follows the IETF's draft-ietf-httpapi-ratelimit-headers-10: `r` more requests pass within the next
`t` seconds, at most `q` in any `w` seconds. All of it is what the counter said in the step that
counted the request.
"""

from collections.abc import Callable, Iterable

from django.http import HttpRequest, HttpResponseBase

from guard.limits.rules import State


def note(request: HttpRequest, states: Iterable[State]) -> None:
    """Keep what the answer to this request is to say."""
    request.__dict__.setdefault("limit_states", []).extend(states)


class RateLimitHeadersMiddleware:
    """Around everything that counts, so that refusals carry the headers, too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        states: list[State] = request.__dict__.get("limit_states", [])
        if states:
            response["RateLimit-Policy"] = ", ".join(map(policy, states))
            response["RateLimit"] = ", ".join(map(limit, states))
        return response


def policy(state: State) -> str:
    """Return what a rule allows."""
    rate = state.rule.rate
    return f'"{state.rule.scope}";q={rate.requests};w={rate.seconds}'


def limit(state: State) -> str:
    """Return what is left of it."""
    return f'"{state.rule.scope}";r={state.remaining};t={state.wait}'
