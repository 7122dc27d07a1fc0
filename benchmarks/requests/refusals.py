"""What a 429 costs: the processor time of all processes of a service, by an answer."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from http import HTTPStatus

from benchmarks.requests.counts import Counted, counted
from benchmarks.requests.field import NOTES, Field
from benchmarks.requests.load import Loaded, load
from benchmarks.requests.sides import Question, Side

TOO_MANY = HTTPStatus.TOO_MANY_REQUESTS
NONE_LEFT = {"THROTTLE_ANON": "1/hour", "THROTTLE_USER": "1/hour"}
KINDS = {
    "429-typical-stranger": "typical hardened service: a stranger beyond AnonRateThrottle",
    "429-stranger": "ours: a stranger beyond THROTTLE_ANON",
    "429-typical-account": "typical hardened service: an account beyond UserRateThrottle",
    "429-account": "ours: an account beyond THROTTLE_USER",
}


def refused(
    field: Field, rounds: int, seconds: int
) -> tuple[dict[str, list[Loaded]], dict[str, Counted]]:
    """Load services whose limits are used up, in turn; then count what a refusal takes."""
    with ExitStack() as stack:
        typical = stack.enter_context(field.serving("typical", **NONE_LEFT))
        # Whoever comes from a network that has used up its limit is no longer asked who they are.
        networks = field.serving("all", THROTTLE_ANON="1/hour")
        accounts = field.serving("all", THROTTLE_USER="1/hour")
        entrants: dict[str, tuple[Side, Question]] = {
            "429-typical-stranger": (typical, Question("/api/open/")),
            "429-stranger": (stack.enter_context(networks), Question(NOTES)),
            "429-typical-account": (typical, Question("/api/notes/", field.others.tokens[:1])),
            "429-account": (
                stack.enter_context(accounts),
                Question(NOTES, field.all_accounts.tokens[:1]),
            ),
        }
        for side, question in entrants.values():
            question.use_up(side, TOO_MANY)
        found: dict[str, list[Loaded]] = {key: [] for key in entrants}
        for number in range(rounds + 1):
            for key, (side, question) in entrants.items():
                loaded = load(side, question, seconds, TOO_MANY)
                if number:
                    found[key].append(loaded)
                sys.stderr.write(
                    f"429, round {number or 'warm-up'} of {rounds}  {KINDS[key]:<66}"
                    f"{loaded.processor:6.3f} ms\n"
                )
        return found, {
            key: counted(field.server_url, field.redis_url, side, question, TOO_MANY)
            for key, (side, question) in entrants.items()
        }
