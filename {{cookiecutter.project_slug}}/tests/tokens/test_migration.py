# option: token_expiry
"""A service that turns token expiry on keeps its tokens: they get a whole lifetime from then."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from time_machine import TimeMachineFixture

from accounts.models import User

NOW = datetime(2030, 1, 1, tzinfo=UTC)


@pytest.fixture
def migrate(transactional_db: None) -> Iterator[Callable[[str], Any]]:
    """Migrate the app to a migration and return its model as it was then."""

    def to(name: str) -> Any:
        executor = MigrationExecutor(connection)
        state = executor.migrate([("tokens", name)])
        return state.apps.get_model("tokens", "ApiToken")

    yield to
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes("tokens"))


def test_existing_tokens_get_an_end_that_is_a_lifetime_away(
    migrate: Callable[[str], Any], anna: User, time_machine: TimeMachineFixture
) -> None:
    migrate("0001_initial").objects.create(user_id=anna.pk, digest="x" * 64)
    time_machine.move_to(NOW, tick=False)
    token = migrate("0002_token_expiry").objects.get()
    assert token.expires_at == NOW + timedelta(hours=settings.TOKEN_LIFETIME_HOURS)
