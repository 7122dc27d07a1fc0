"""THROTTLE_ANON for each network: callers without valid credentials, before any is looked up.

DRF asks its throttles after authentication, so it never limits the guessing of tokens. Here a
request without a credential is counted at once. One with a credential is checked as long as the
network is not known to have used up its limit, and counted if nobody came of it: exactly N are told
that their credential is wrong. Who is let in is looked at in the step that counts it for the
account (guard/throttles.py).
"""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponseBase

from guard import rate_limit_headers
from guard.callers import carries_credential, is_known
from guard.client_address import client_network
from guard.events import Event, emit
from guard.limits.counters import give_back
from guard.limits.rules import State, rule_of
from guard.limits.used_up import ask, used_up
from guard.problems import problem_response
from guard.repeated_refusals import LIMITED, Limited

# Static data that costs nothing and that other parties must always get.
EXEMPT = ("/static/", "/.well-known/")
REFUSED = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)


class AnonymousLimitMiddleware:
    """429 beyond the limit, without work for the database or a hash."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path.startswith(EXEMPT):
            return self.get_response(request)
        network = client_network(request.META["REMOTE_ADDR"])
        rule = rule_of("anon", network)
        claims = carries_credential(request)
        if not claims or rule in used_up:
            state = ask(rule._replace(counts=not claims))
            if state.refuses:
                return refuse(request, state)
        response = self.get_response(request)
        if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            return response
        if is_known(request):
            if not claims:
                give_back(rule)
            return response
        if claims:
            state = ask(rule)
            if state.refuses and response.status_code in REFUSED:
                return refuse(request, state)
        rate_limit_headers.note(request, [state])
        return response


def refuse(request: HttpRequest, state: State) -> HttpResponseBase:
    """Answer 429 in place of whatever would have been found out."""
    rate_limit_headers.note(request, [state])
    request.META[LIMITED] = Limited.of(request, state.rule.scope, state.seconds)
    emit(Event.RATE_LIMITED, request=request, scope=state.rule.scope)
    headers = {"Retry-After": str(state.wait)}
    return problem_response(request, 429, "throttled", "Too many requests.", headers)
