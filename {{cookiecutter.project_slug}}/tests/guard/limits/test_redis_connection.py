"""One connection a thread: kept, made anew when it has ended, and never out of step."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings
from redis.exceptions import TimeoutError as NoAnswerError

from guard.limits.redis_store import RedisStore
from guard.limits.rules import Rate, Rule
from tests.guard.limits.conftest import HAS_REDIS

pytestmark = pytest.mark.skipif(not HAS_REDIS, reason="REDIS_URL names no Redis")

RULE = Rule("anon", "one", Rate(9, 60))


@pytest.fixture
def store() -> Iterator[RedisStore]:
    store = RedisStore(settings.LIMIT_STORE, 1)
    yield store
    store.client.close()


def connection_id(store: RedisStore) -> str:
    return str(store.connections.ask("CLIENT", "ID"))


def test_a_thread_keeps_its_own(store: RedisStore) -> None:
    own = connection_id(store)
    store.take([RULE])
    assert connection_id(store) == own
    with ThreadPoolExecutor(1) as other:
        assert other.submit(connection_id, store).result() != own


def test_one_that_the_server_has_ended_is_made_anew(store: RedisStore) -> None:
    store.take([RULE])
    own = connection_id(store)
    assert store.client.client_kill_filter(_id=own) == 1
    assert store.take([RULE])[0].used == 2
    assert connection_id(store) != own


def test_a_redis_that_has_forgotten_the_script_is_told_it(store: RedisStore) -> None:
    store.take([RULE])
    store.client.script_flush()
    assert store.take([RULE])[0].used == 2
    store.client.script_flush()
    assert store.take([RULE])[0].used == 3


def test_an_answer_that_comes_too_late_is_nobody_elses(store: RedisStore) -> None:
    hasty = RedisStore(settings.LIMIT_STORE, 0.1)
    assert hasty.connections.ask("ECHO", "before") == b"before"
    store.client.client_pause(400)
    with pytest.raises(NoAnswerError):
        hasty.connections.ask("ECHO", "late")
    store.client.client_unpause()
    assert hasty.connections.ask("ECHO", "mine") == b"mine"
