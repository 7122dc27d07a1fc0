"""What there is to measure, part by part."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence

from benchmarks.login_flood import FLOODED, alternated
from benchmarks.requests.counts import counted
from benchmarks.requests.field import CONTESTANTS, NOTES, PEER, Field
from benchmarks.requests.refusals import refused
from benchmarks.requests.results import Results
from benchmarks.requests.rounds import measured
from benchmarks.requests.sides import Question, Side
from benchmarks.requests.window import windows
from benchmarks.servers.memory import each

STRANGERS = 100  # logins a second, as in benchmarks/login_flood.py
SERVICES = {"ours": "default answers", "all-token": "all options"}


def rates(field: Field, given: argparse.Namespace, found: Results, keys: Sequence[str]) -> None:
    """Load the contestants; then see how large the workers of ours have become."""
    found.rates = measured(field, keys, given.rounds, given.seconds)
    for key, name in SERVICES.items():
        if key in keys:
            _, *workers = each(field.entrant(key)[0].process, "Rss")
            found.megabytes[name] = max(workers)


def counts(field: Field, _given: argparse.Namespace, found: Results) -> None:
    """Count what a request of each contestant takes."""
    for key in CONTESTANTS:
        sys.stderr.write(f"counting: {CONTESTANTS[key]}\n")
        found.counts[key] = counted(field.server_url, field.redis_url, *field.entrant(key))


def window(field: Field, given: argparse.Namespace, found: Results) -> None:
    """Compare a long window with a short one."""
    found.windows = windows(field, given.rounds, given.seconds)


def refusals(field: Field, given: argparse.Namespace, found: Results) -> None:
    """Measure and count refusals."""
    found.refusals, taken = refused(field, given.rounds, given.seconds)
    found.counts |= taken


def flood(field: Field, given: argparse.Namespace, found: Results) -> None:
    """Measure the rest of the service while logins are flooded."""
    sys.stderr.write("flooding logins\n")
    sized = {"WORKERS": str(given.workers), "THREADS": str(given.threads)}
    # Each service counts logins of its own; those who come here log in by password.
    with field.all.running(field.folder / "flood.log", **FLOODED, **sized) as running:
        side = Side(running.caller.port, running.service.process.pid)
        listed = Question(NOTES, field.all_accounts.tokens[: given.accounts])
        quiet, flooded, answers = alternated(side, listed, given.rounds, STRANGERS)
    found.quiet = [loaded.rate for loaded in quiet]
    found.flooded = [loaded.rate for loaded in flooded]
    sys.stderr.write(f"logins were answered {dict(answers)}\n")


PARTS: dict[str, Callable[[Field, argparse.Namespace, Results], None]] = {
    "counts": counts,
    "window": window,
    "refusals": refusals,
    "flood": flood,
}


def everything(field: Field, given: argparse.Namespace) -> Results:
    """Do what was asked for, or all."""
    found = Results()
    wanted = given.only or [*CONTESTANTS, *([PEER] if field.peer else []), *PARTS]
    if keys := [key for key in wanted if key not in PARTS]:
        rates(field, given, found, keys)
    for name, part in PARTS.items():
        if name in wanted:
            part(field, given, found)
    return found
