"""What is logged, as the lines that would be printed."""

import json
import logging
from collections.abc import Iterator

from guard.logs import JsonLineFormatter, RequestIdFilter


class Lines(logging.Handler):
    """Keeps what a logger writes, as the lines that would be printed."""

    def __init__(self) -> None:
        super().__init__()
        self.addFilter(RequestIdFilter())
        self.setFormatter(JsonLineFormatter())
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the line."""
        self.lines.append(self.format(record))

    @property
    def records(self) -> list[dict[str, object]]:
        """The lines, read back as JSON."""
        return [json.loads(line) for line in self.lines]

    @property
    def names(self) -> list[object]:
        """The names of the events, in the order in which they came."""
        return [record["event"] for record in self.records]

    def named(self, event: str) -> list[dict[str, object]]:
        """The security events of one name."""
        return [record for record in self.records if record.get("event") == event]


def listen(name: str) -> Iterator[Lines]:
    """Attach to a logger for one test."""
    handler = Lines()
    logging.getLogger(name).addHandler(handler)
    yield handler
    logging.getLogger(name).removeHandler(handler)
