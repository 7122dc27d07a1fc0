"""What a fault has cost, counted from every request and from the database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

import psycopg

from tests.chaos.client import LOST, Outcome
from tests.chaos.clients import GUESS, WRITE

GOOD = {200, 201, 401, 429}  # the last two are what a stranger's password deserves
WRITTEN = "SELECT text FROM notes_note WHERE text = ANY(%s)"


@dataclass(frozen=True)
class Tally:
    """Counts of requests unless another unit is named."""

    fault: str
    sent: int
    good: int
    unavailable: int  # 503
    other: dict[int, int]  # any other status
    lost: int  # no answer
    wrong: int  # answered with something else than was written
    missing: int  # acknowledged, and not there
    twice: int  # there more than once
    unacknowledged: int  # there, though the writer was not told
    guesses: int  # passwords that were tried; beyond the limit is too many
    slowest: float  # seconds that a caller waited
    recovered: float  # seconds from the end of the fault to the last request that failed

    @property
    def failed(self) -> int:
        """Requests that did not get what they came for."""
        return self.sent - self.good


def is_good(outcome: Outcome) -> bool:
    """Whether a caller got what it came for."""
    return outcome.status in GOOD and outcome.right


def tally(fault: str, outcomes: Sequence[Outcome], over: float, database_url: str) -> Tally:
    """Count what became of the requests of one fault, which was `over` at that moment."""
    statuses = Counter(outcome.status for outcome in outcomes)
    writes = {one.text: one.status for one in outcomes if one.kind == WRITE}
    with psycopg.connect(database_url) as connection:
        rows = connection.execute(WRITTEN, (list(writes),)).fetchall()
    there = Counter(text for (text,) in rows)
    acknowledged = {text for text, status in writes.items() if status == 201}
    return Tally(
        fault,
        sent=len(outcomes),
        good=sum(map(is_good, outcomes)),
        unavailable=statuses[503],
        other={
            status: count
            for status, count in sorted(statuses.items())
            if status not in GOOD | {LOST, 503}
        },
        lost=statuses[LOST],
        wrong=sum(one.status in GOOD and not one.right for one in outcomes),
        missing=len(acknowledged - there.keys()),
        twice=sum(count > 1 for count in there.values()),
        unacknowledged=len(there.keys() - acknowledged),
        guesses=sum(one.kind == GUESS and one.status == 401 for one in outcomes),
        slowest=round(max(one.answered - one.sent for one in outcomes), 2),
        recovered=round(
            max([one.answered - over for one in outcomes if not is_good(one)] + [0.0]), 1
        ),
    )


HEAD = (
    "fault",
    "sent",
    "answered well",
    "503",
    "other",
    "lost",
    "acknowledged and missing",
    "written twice",
    "written, not acknowledged",
    "over the limit",
    "longest wait",
    "recovered after",
)


def table(tallies: Iterable[Tally], limit: int) -> str:
    """Return the counts as Markdown."""
    lines = [HEAD, ("---",) * len(HEAD)]
    for one in tallies:
        other = ", ".join(f"{count} x {status}" for status, count in one.other.items())
        lines.append(
            (
                one.fault,
                str(one.sent),
                str(one.good),
                str(one.unavailable),
                other or "0",
                str(one.lost),
                str(one.missing + one.wrong),
                str(one.twice),
                str(one.unacknowledged),
                str(max(0, one.guesses - limit)),
                f"{one.slowest} s",
                f"{one.recovered} s",
            )
        )
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def raw(tallies: Iterable[Tally]) -> list[dict[str, object]]:
    """Return the counts as they are written to JSON."""
    return [asdict(one) for one in tallies]
