"""Every store that this run has: the one in the process, and Redis if REDIS_URL names one."""

import time
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings

from guard.limits.process_store import ProcessStore
from guard.limits.redis_store import RedisStore

Store = ProcessStore | RedisStore
LetPass = Callable[[float], None]
HAS_REDIS = not settings.LIMIT_STORE.startswith("memory:")


@pytest.fixture(params=["process", "redis"] if HAS_REDIS else ["process"])
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    """An empty store."""
    if request.param == "process":
        yield ProcessStore()
        return
    redis = RedisStore(settings.LIMIT_STORE, 5)  # emptied by what empties it for every test
    yield redis
    redis.client.close()


@pytest.fixture
def let_pass(store: Store, monkeypatch: pytest.MonkeyPatch) -> LetPass:
    """Let seconds pass; Redis has a clock of its own, so there it takes them."""
    if isinstance(store, RedisStore):
        return time.sleep
    clock, moved = time.time, 0.0

    def move(seconds: float) -> None:
        nonlocal moved
        moved += seconds
        monkeypatch.setattr(time, "time", lambda: clock() + moved)

    return move
