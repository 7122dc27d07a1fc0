"""Whether the time that a refused login takes tells which accounts exist.

benchmarks/README.md says how to run it and how to read it.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import psycopg

from tests.credentials.accounts import JWT, TOKENS, credentials, new_account
from tests.credentials.caller import Caller
from tests.credentials.deployment import deploy
from tests.matrix.environments import lines
from tests.servers import postgresql, redis_server

TRIES = 30
WIDEST_RATIO = 1.3
WRONG = "not-the-password-of-anybody"
TOO_LONG = "x" * 129
DOORS = {"API tokens": TOKENS, "JWT": JWT}


class UnexpectedAnswerError(RuntimeError):
    """An answer was not the refusal whose time was to be measured."""


@dataclass
class Case:
    """A login that is refused: its body, the status it must get, and how long each try took."""

    body: dict[str, str]
    status: int
    seconds: list[float] = field(default_factory=list)

    def measure(self, caller: Caller, path: str) -> None:
        """Try once."""
        started = time.perf_counter()
        answer = caller.post(path, self.body)
        taken = time.perf_counter() - started
        if answer.status != self.status:
            message = f"{path} answered {answer.status} where {self.status} was to be measured"
            raise UnexpectedAnswerError(message)
        self.seconds.append(taken)

    @property
    def milliseconds(self) -> float:
        """The median."""
        return 1000 * median(self.seconds)


Cases = Mapping[str, Case]


def cases(database_url: str) -> tuple[Cases, Cases]:
    """Return refusals that cost a hash, and refusals of passwords that are too long for one."""
    active, inactive = new_account(database_url), new_account(database_url)
    with psycopg.connect(database_url) as connection:
        query = "UPDATE accounts_user SET is_active = false WHERE username = %s"
        connection.execute(query, (inactive,))
    hashed = {
        "unknown account": Case(credentials("nobody-of-this-name", WRONG), 401),
        "wrong password": Case(credentials(active, WRONG), 401),
        "inactive account": Case(credentials(inactive), 401),
        "inactive, wrong password": Case(credentials(inactive, WRONG), 401),
    }
    too_long = {
        "too long, unknown account": Case(credentials("nobody-of-this-name", TOO_LONG), 400),
        "too long, known account": Case(credentials(active, TOO_LONG), 400),
    }
    return hashed, too_long


def measure(caller: Caller, path: str, groups: tuple[Cases, ...]) -> None:
    """Try every case in turn, so that whatever else the machine does meets all of them alike."""
    all_cases = [case for group in groups for case in group.values()]
    for case in all_cases:  # not counted: the first requests of a process are slower
        case.measure(caller, path)
        case.seconds.clear()
    for number in range(TRIES):
        first = number % len(all_cases)
        for case in all_cases[first:] + all_cases[:first]:
            case.measure(caller, path)


def report(door: str, groups: tuple[Cases, ...]) -> float:
    """Write a door's table; return the ratio of the first group, whose refusals cost a hash."""
    ratios = []
    for group in groups:
        for name, case in group.items():
            line = f"{door:<12}{name:<28}{case.status:>6}{case.milliseconds:>10.1f} ms"
            sys.stdout.write(line + "\n")
        medians = [case.milliseconds for case in group.values()]
        ratios.append(max(medians) / min(medians))
        sys.stdout.write(f"{'':<12}{'ratio':<34}{ratios[-1]:>10.2f}\n")
    return ratios[0]


def main() -> int:
    """Return 0 if hashed refusals are within the bound, 1 if not, 2 if there are no figures."""
    tables = {}
    with (
        tempfile.TemporaryDirectory(prefix="secure-drf-timing-") as name,
        postgresql.server() as server_url,
        postgresql.database(server_url) as database_url,
        redis_server.server() as redis_url,
    ):
        folder = Path(name)
        deployed = deploy(folder, lines()[0], database_url, redis_url)
        try:
            with deployed.running(folder / "log") as running:
                for door, path in DOORS.items():
                    tables[door] = cases(database_url)
                    measure(running.caller, path, tables[door])
        except UnexpectedAnswerError as error:
            sys.stderr.write(f"No figures: {error}.\n")
            return 2
    widest = max([report(door, groups) for door, groups in tables.items()])
    return 0 if widest <= WIDEST_RATIO else 1


if __name__ == "__main__":
    sys.exit(main())
