"""How fast the rest of the service answers while strangers try passwords from many networks.

benchmarks/README.md says how to run it and how to read it.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from collections import Counter
from http import HTTPStatus
from pathlib import Path
from statistics import median

from benchmarks.load import UnexpectedAnswerError
from benchmarks.requests.load import Loaded, load
from benchmarks.requests.sides import Question, Side
from benchmarks.strangers import flooded
from tests.credentials.accounts import TOKENS, Headers, api_token, credentials
from tests.credentials.caller import Caller
from tests.credentials.deployment import deploy
from tests.matrix.environments import lines
from tests.servers import postgresql, redis_server

NOTES = "/api/v1/notes/"
ROWS = 20
SECONDS = 5.0
FLOODED = {"TRUSTED_PROXY_COUNT": "1", "THROTTLE_LOGIN": "10/minute"}
UNCONTROLLED = {
    # file of the generated project: what bounds the work there, and what does not
    "accounts/hashers.py": ("(BoundedHashing, Argon2PasswordHasher)", "(Argon2PasswordHasher)"),
    "config/settings/passwords.py": ("max(1, (SERVER_THREADS or 1) // 2)", "SERVER_THREADS"),
}


def without_control(project: Path) -> None:
    """Let the generated project hash at once whatever comes."""
    for name, (bound, unbound) in UNCONTROLLED.items():
        text = (project / name).read_text("utf-8")
        if text.count(bound) != 1:
            message = f"{name} has no {bound} to replace"
            raise ValueError(message)
        (project / name).write_text(text.replace(bound, unbound), "utf-8")


def prepared(caller: Caller) -> Headers:
    """Return the header of a login whose list has ROWS rows."""
    login = api_token(caller.post(TOKENS, credentials("bob")))
    for number in range(ROWS):
        answer = caller.post(NOTES, {"title": f"Note {number}", "text": "x" * 100}, login)
        if answer.status != HTTPStatus.CREATED:
            message = f"a row was answered {answer.status}"
            raise UnexpectedAnswerError(message)
    return login


def alternated(
    side: Side, listed: Question, rounds: int, rate: float, seconds: float = SECONDS
) -> tuple[list[Loaded], list[Loaded], Counter[int]]:
    """Load in turn without and with a flood; return both, and how strangers were answered."""
    quiet, during, strangers = [], [], Counter[int]()
    load(side, listed, seconds)  # not counted: the first requests are slower
    for _ in range(rounds):
        quiet.append(load(side, listed, seconds))
        loaded, answers = flooded(side, listed, rate, seconds)
        during.append(loaded)
        strangers += answers
    return quiet, during, strangers


def report(name: str, rounds: list[Loaded]) -> float:
    """Write medians and spread; return the median rate."""
    rates = [loaded.rate for loaded in rounds]
    p99 = median(loaded.p99 for loaded in rounds)
    sys.stdout.write(
        f"{name:<16}{median(rates):>10.0f}/s ({min(rates):.0f} - {max(rates):.0f}){p99:>10.1f} ms\n"
    )
    return median(rates)


def main() -> int:
    """Return 0 with figures, 2 without."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--without-control", action="store_true", help="hash whatever comes")
    parser.add_argument("--rate", type=float, default=100, help="logins a second (100)")
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="secure-drf-flood-") as name,
        postgresql.server() as server_url,
        postgresql.database(server_url) as database_url,
        redis_server.server() as redis_url,
    ):
        folder = Path(name)
        deployed = deploy(folder, lines()[0], database_url, redis_url)
        if given.without_control:
            without_control(deployed.project)
        try:
            with deployed.running(folder / "log", **FLOODED) as running:
                side = Side(running.caller.port, running.service.process.pid)
                listed = Question(NOTES, (prepared(running.caller),))
                quiet, during, strangers = alternated(side, listed, given.rounds, given.rate)
        except (UnexpectedAnswerError, OSError, asyncio.IncompleteReadError) as error:
            sys.stderr.write(f"No figures: {error}.\n")
            return 2
    before, after = report("without a flood", quiet), report("with a flood", during)
    sys.stdout.write(f"{'ratio':<16}{after / before:>10.2f}\n")
    counts = ", ".join(f"{count} x {status}" for status, count in sorted(strangers.items()))
    sys.stdout.write(f"logins, {given.rate:.0f} a second: {counts}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
