"""Who is compared, and all that they need: databases, accounts, servers."""

from __future__ import annotations

import secrets
import sys
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from benchmarks.requests import accounts, bare_view, sides
from benchmarks.requests.accounts import Accounts
from benchmarks.requests.peer import Peer
from benchmarks.requests.sides import Question, Side, Size
from tests.credentials.deployment import Deployment, deploy
from tests.generation.answers import questions
from tests.matrix.environments import environment, lines
from tests.matrix.production import ALLOWED_ORIGIN, HOST
from tests.servers import postgresql
from tests.servers.redis_server import of_worker

NOTES, ME = "/api/v1/notes/", "/api/v1/me/"
LIMITS = {"THROTTLE_ANON": "1000000/hour", "THROTTLE_USER": "1000/hour"}  # strangers ask bare views
PEER = "peer"
CONTESTANTS = {
    "bare": "bare view, 2 queries",
    "drf": "bare DRF",
    "typical": "typical hardened service",
    "ours": "ours, default answers, API token",
    "all-token": "ours, all options, API token",
    "all-jwt": "ours, all options, JWT",
    "account": "bare view, 1 query",
    "constant": "bare view, no query",
    "me-typical": "typical hardened service: me",
    "me": "ours, default answers: me",
    "own": "ours, default answers: a bare view",
}


@dataclass
class Field:
    """What has been prepared so far; the rest is when it is first asked for."""

    folder: Path
    server_url: str
    redis_url: str
    size: Size
    number: int  # of accounts in a database
    listed: int  # of those that ask for lists in turn
    stack: ExitStack
    peer: Peer | None = None
    running: dict[str, Side] = field(default_factory=dict)

    def database(self) -> str:
        """Return the URL of a new database."""
        return self.stack.enter_context(postgresql.database(self.server_url))

    def deployed(self, name: str, **changed: bool) -> Deployment:
        """Generate a service of ours, with a database and a part of Redis of its own."""
        sys.stderr.write(f"preparing: {name}\n")
        (folder := self.folder / name).mkdir()
        redis_url = of_worker(self.redis_url, f"gw{1 + changed.get('use_cors', True)}")
        deployed = deploy(folder, lines()[0], self.database(), redis_url, **changed)
        return replace(deployed, installed=environment(lines()[0], development=False))

    @cached_property
    def all(self) -> Deployment:
        """Our service with all options."""
        return self.deployed("all options")

    @cached_property
    def default(self) -> Deployment:
        """Our service as it is generated when nothing is chosen."""
        flags = {name: value for name, value in questions().items() if isinstance(value, bool)}
        bare_view.add((deployed := self.deployed("default answers", **flags)).project)
        return deployed

    @cached_property
    def all_accounts(self) -> Accounts:
        """The accounts of the one with all options."""
        return accounts.of_ours(self.all, self.number, self.folder)

    @cached_property
    def default_accounts(self) -> Accounts:
        """The accounts of the one with default answers."""
        return accounts.of_ours(self.default, self.listed, self.folder)

    @cached_property
    def variables(self) -> dict[str, str]:
        """What the other contestants are told; they share one database."""
        return {
            "DATABASE_URL": self.database(),
            "REDIS_URL": self.redis_url,
            "SECRET_KEY": secrets.token_urlsafe(48),
            "ALLOWED_HOST": HOST,
            "ALLOWED_ORIGIN": ALLOWED_ORIGIN,
        }

    @cached_property
    def others(self) -> Accounts:
        """The accounts in that database."""
        return accounts.of_contestants(self.all, self.variables, self.number, self.folder)

    def side(self, name: str) -> Side:
        """Return a server, started when it is first asked for."""
        if name not in self.running:
            sys.stderr.write(f"starting: {name}\n")
            self.running[name] = self.stack.enter_context(self.serving(name))
        return self.running[name]

    def serving(self, name: str, **changed: str) -> AbstractContextManager[Side]:
        """Return a server that is not started yet."""
        log = self.folder / f"{name}.log"
        if name in ("default", "all"):
            deployed = self.default if name == "default" else self.all
            variables = LIMITS | changed
            return sides.ours(deployed, log, self.size, **variables | accounts.ACCESS_MINUTES)
        given = self.variables | LIMITS | {"OWNER": self.others.ids[0]} | changed
        settings = "bare" if name == "constant" else name  # it has processes of its own
        return sides.contestant(settings, self.all, log, self.size, **given)

    def entrant(self, key: str) -> tuple[Side, Question]:
        """Return what a contestant is, and what it is asked."""
        if key in ("bare", "drf", "account", "constant"):
            path = f"/{key}/" if key in ("account", "constant") else "/notes/"
            return self.side("constant" if key == "account" else key), Question(path)
        if key == PEER:
            return self.of_peer
        if "typical" in key:
            path = "/api/me/" if key == "me-typical" else "/api/notes/"
            return self.side("typical"), Question(path, self.others.tokens[: self.listed])
        if key in ("ours", "me", "own"):
            path = {"ours": NOTES, "me": ME, "own": bare_view.PATH}[key]
            return self.side("default"), Question(path, self.default_accounts.tokens)
        made = self.all_accounts.access if key == "all-jwt" else self.all_accounts.tokens
        return self.side("all"), Question(NOTES, made[: self.listed])

    @cached_property
    def of_peer(self) -> tuple[Side, Question]:
        """Return the project from elsewhere, with a database and a part of Redis of its own."""
        if self.peer is None:
            message = "no peer was named: --peer DIR"
            raise LookupError(message)
        sys.stderr.write(f"preparing: {self.peer.name}\n")
        urls = {"DATABASE_URL": self.database(), "REDIS_URL": of_worker(self.redis_url, "gw3")}
        variables = self.all.installed.variables(urls)
        question = self.peer.question(self.peer.prepared(variables))
        server = self.peer.running(variables, self.folder / "peer.log", self.size)
        return self.stack.enter_context(server), question
