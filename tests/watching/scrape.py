"""Reads what a service tells Prometheus, and who its processes are."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

from tests.credentials.deployment import Running

SAMPLE = re.compile(r"(?P<name>\w+)(?:\{(?P<labels>.*)\})? (?P<value>\S+)")
LABEL = re.compile(r'(\w+)="((?:[^"\\]|\\.)*)"')
FRESH_SECONDS = 1.1  # figures may be a second old
SECONDS = 10

Figures = dict[tuple[str, frozenset[tuple[str, str]]], float]


@dataclass(frozen=True)
class Watched:
    """A service that runs, the port of its metrics, and its folder for temporary files."""

    running: Running
    port: int
    folder: Path

    def text(self) -> str:
        """Return all of /metrics, no older than this call."""
        time.sleep(FRESH_SECONDS)
        connection = HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)
        connection.request("GET", "/metrics")
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        assert answer.status == 200, text
        return text

    def figures(self) -> Figures:
        """Return the samples by name and labels."""
        found: Figures = {}
        for line in self.text().splitlines():
            if sample := SAMPLE.fullmatch(line):
                labels = frozenset(LABEL.findall(sample["labels"] or ""))
                found[sample["name"], labels] = float(sample["value"])
        return found

    def answering(self, path: str) -> int:
        """Return how many of the processes have answered a path so far."""
        files = [file.read_bytes() for file in self.folder.glob("*/counter_*.db")]
        return sum(path.encode() in file for file in files)

    def until(self, holds: Callable[[Figures], bool]) -> Figures:
        """Scrape until something holds, and return that scrape."""
        end = time.monotonic() + 60
        while not holds(figures := self.figures()):
            assert time.monotonic() < end, figures
        return figures


def total(figures: Figures, name: str, **labels: str) -> float:
    """Return the sum of the samples that have these labels, and maybe others."""
    return sum(
        value
        for (sample, own), value in figures.items()
        if sample == name and own >= set(labels.items())
    )
