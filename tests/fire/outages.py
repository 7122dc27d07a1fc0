"""One run of the service in which Redis is stopped, started, made to hang and let go on."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.credentials.accounts import (
    TOKENS,
    Headers,
    api_token,
    credentials,
    jwt_pair,
    new_account,
    refreshed,
)
from tests.credentials.caller import Caller
from tests.credentials.deployment import Deployment
from tests.fire.steady import Load, Route, Served, steady
from tests.fire.store import Store
from tests.smoke.client import Response

TRIES = 15  # of passwords, an hour
PAGE, LIST, LOGIN, REFRESH = "/", "/api/v1/notes/", "login", "refresh"
LOST_SECONDS, FOUND_SECONDS = 3, 3
LOSSES = ("stopped", "hanging")


@dataclass(frozen=True)
class Outages:
    """What was served, and what the log says."""

    load: Load
    events: Counter[str]
    workers: int

    def before(self) -> list[Served]:
        """Return what was served while nothing was wrong yet."""
        return self.load.between("begin", "stopped")

    def during(self, loss: str) -> list[Served]:
        """Return what was served during a loss."""
        return self.load.between(loss, f"{loss}, over")

    def after(self, loss: str) -> list[Served]:
        """Return what was served once a loss was over."""
        return self.load.between(f"{loss}, over", f"{loss}, forgotten")


def refresher(caller: Caller, name: str) -> Callable[[], Response]:
    """Return what uses a refresh token once, and goes on with the next as soon as it has it."""
    pair = jwt_pair(caller, name)

    def call() -> Response:
        answer = refreshed(caller, pair["refresh"])
        if answer.status == 200:
            pair.update(answer.json)
        return answer

    return call


def routes(caller: Caller, database_url: str, password: str) -> list[Route]:
    """Return what callers do all day."""
    reader, guessed = new_account(database_url), new_account(database_url)
    token = api_token(caller.post(TOKENS, credentials(reader)))
    elsewhere: Headers = {"X-Forwarded-For": "198.51.100.7"}
    guess = credentials(guessed, password)
    return [
        *[Route(PAGE, lambda: caller.get("/"), 0.1)] * 2,
        *[Route(LIST, lambda: caller.get(LIST, token), 0.1)] * 2,
        Route(LOGIN, lambda: caller.post(TOKENS, guess, elsewhere), 0.15),
        Route(REFRESH, refresher(caller, reader), 0.15),
    ]


def suffer(deployment: Deployment, store: Store, log: Path, password: str) -> Outages:
    """Run the service on a store that is lost twice."""
    changed = {
        "REDIS_URL": store.url,
        "TRUSTED_PROXY_COUNT": "1",
        "THROTTLE_LOGIN": f"{TRIES}/hour",
    }
    with deployment.running(log, **changed) as running:
        with steady(routes(running.caller, deployment.database_url, password)) as load:
            load.mark("begin")
            time.sleep(2)
            for loss, lose, find in zip(
                LOSSES, (store.stop, store.hang), (store.start, store.go_on), strict=True
            ):
                lose()
                load.mark(loss)
                time.sleep(LOST_SECONDS)
                load.mark(f"{loss}, over")
                find()
                time.sleep(FOUND_SECONDS)
                load.mark(f"{loss}, forgotten")
        lines = running.service.output().splitlines()
    events = Counter(
        json.loads(line)["event"] for line in lines if line.startswith("{") and '"event"' in line
    )
    return Outages(load, events, int(deployment.variables["WORKERS"]))
