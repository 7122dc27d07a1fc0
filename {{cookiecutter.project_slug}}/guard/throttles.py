"""DRF's throttles on exact limits; `throttle_classes` and `throttle_scope` work as in DRF.

The first throttle of a view that is asked takes one step for all of them: a request that one
refuses is counted in none.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from guard import rate_limit_headers
from guard.client_address import client_network
from guard.django_request import django_request
from guard.events import Event, emit
from guard.limits.counters import take
from guard.limits.rules import Rule, State, refusal, rule_of
from guard.limits.used_up import used_up

if TYPE_CHECKING:  # DRF's views import this module
    from rest_framework.views import APIView


class ExactThrottle(BaseThrottle):
    """Counts each request once under a scope of DEFAULT_THROTTLE_RATES."""

    state: State | None = None

    def rule(self, request: Request, view: "APIView") -> Rule | None:
        """Return what is counted, or None for a request that this limit does not concern."""
        raise NotImplementedError

    def allow_request(self, request: Request, view: "APIView") -> bool:
        """Return False if the request is one too many."""
        rule = self.rule(request, view)
        if rule is None:
            return True
        states: dict[Rule, State] = getattr(request, "throttle_states", {})
        if rule not in states:
            states |= count(request, {rule, *rules_of(request, view), *network_of(request)})
            request.throttle_states = states  # type: ignore[attr-defined] # for the next throttle
        self.state = refusal(states.values()) or states[rule]
        return not self.state.refuses

    def wait(self) -> float | None:
        """Return the seconds that Retry-After names."""
        return self.state.wait if self.state and self.state.refuses else None


class UserThrottle(ExactThrottle):
    """THROTTLE_USER for each account, from wherever and with whatever credential it calls."""

    def rule(self, request: Request, view: "APIView") -> Rule | None:
        """Count by account."""
        return rule_of("user", str(request.user.pk)) if request.user.is_authenticated else None


class ScopedThrottle(ExactThrottle):
    """The rate that a view names in `throttle_scope`, for each account, or network without one."""

    def rule(self, request: Request, view: "APIView") -> Rule | None:
        """Count by account if there is one."""
        scope = getattr(view, "throttle_scope", "")
        if not scope:
            return None
        if request.user.is_authenticated:
            return rule_of(scope, str(request.user.pk))
        return rule_of(scope, client_network(request.META["REMOTE_ADDR"]))


def rules_of(request: Request, view: "APIView") -> list[Rule]:
    """Return what the throttles of a view count this request for."""
    throttles = (each for each in view.get_throttles() if isinstance(each, ExactThrottle))
    return [rule for each in throttles if (rule := each.rule(request, view))]


def network_of(request: Request) -> list[Rule]:
    """Return the anonymous limit of a known caller's network, which is only looked at."""
    if not request.user.is_authenticated:
        return []
    return [rule_of("anon", client_network(request.META["REMOTE_ADDR"]), counts=False)]


def count(request: Request, rules: Iterable[Rule], *, strict: bool = False) -> dict[Rule, State]:
    """Take one step, tell the caller what is left, and emit an event if a rule refuses.

    Raises StoreUnavailable if `strict` and the shared counters cannot be asked.
    """
    states = {state.rule: state for state in take(*rules, strict=strict)}
    for state in states.values():
        if not state.rule.counts:
            used_up.note(state)
    said = [state for state in states.values() if state.rule.counts or state.refuses]
    rate_limit_headers.note(django_request(request), said)
    if refused := refusal(states.values()):
        emit(Event.RATE_LIMITED, request=request, user=request.user, scope=refused.rule.scope)
    return states
