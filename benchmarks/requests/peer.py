"""A project from elsewhere, by its folder: `--peer DIR`, where DIR/peer.json says how it is run.

It has been generated and installed before, with a Python of its own; nothing is downloaded here.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.requests.sides import Headers, Question, Side, Size, granian, serving

FILE = "peer.json"


class PeerError(LookupError):
    """The folder does not say what is needed, or the project does not do what it says."""


@dataclass(frozen=True)
class Peer:
    """What peer.json says; benchmarks/README.md describes it."""

    folder: Path
    name: str
    path: str
    prepare: str
    application: str = ""
    python: str = ".venv/bin/python"
    server: tuple[str, ...] = ()
    variables: dict[str, str] = field(default_factory=dict)

    def command(self, size: Size) -> list[str]:
        """Return what serves it: its own server, or granian as its Python has it."""
        if not self.server:
            return granian(self.folder / self.python, self.application, size)
        numbers = {"WORKERS": str(size.workers), "THREADS": str(size.threads)}
        return [numbers.get(part, part) for part in self.server]

    def prepared(self, variables: Mapping[str, str]) -> Headers:
        """Make tables and an account with rows; return the header that logs it in."""
        done = subprocess.run(
            ["sh", "-c", self.prepare],
            cwd=self.folder,
            env=dict(variables) | self.variables,
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        name, colon, value = (done.stdout.strip().splitlines() or [""])[-1].partition(": ")
        if done.returncode or not colon:
            message = f"{self.name} was not prepared (exit code {done.returncode}):\n{done.stdout}"
            raise PeerError(message)
        return {name: value}

    def question(self, header: Headers) -> Question:
        """Return what it is asked."""
        return Question(self.path, (header,))

    def running(
        self, variables: Mapping[str, str], log: Path, size: Size
    ) -> AbstractContextManager[Side]:
        """Return its server, which is not started yet."""
        given = dict(variables) | self.variables
        return serving(self.command(size), self.folder, given, log, self.path)


def read(folder: Path) -> Peer:
    """Return the peer in a folder, or raise PeerError."""
    try:
        said = json.loads((folder / FILE).read_text("utf-8"))
        said["server"] = tuple(said.get("server", ()))
        found = Peer(folder.resolve(), **said)
    except (OSError, ValueError, TypeError) as error:
        message = f"{folder / FILE} does not say how the peer is run: {error}"
        raise PeerError(message) from error
    if not (found.application or found.server):
        message = f"{folder / FILE} names no application and no server"
        raise PeerError(message)
    return found
