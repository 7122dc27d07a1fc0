"""A database that is gone or too busy is a 503 for a while, not a fault of anybody."""

from unittest.mock import patch

import pytest
from django.db import InternalError, OperationalError
from rest_framework.test import APIClient

from accounts.models import User
from tests.accounts.doors import DOORS
from tests.conftest import ME, PASSWORD, Caller
from tests.lines import Lines

LOST = OperationalError("connection to server at 10.0.0.5 failed: password=hunter2")


class RefusedWriteError(Exception):
    """What a driver raises for a write in a read-only transaction."""

    sqlstate = "25006"


@pytest.mark.parametrize("reason", [RefusedWriteError(), None], ids=["read-only", "a bug"])
def test_a_database_that_takes_no_writes_says_so(
    call_as: Caller, anna: User, reason: Exception | None, log: Lines
) -> None:
    error = InternalError("cannot execute UPDATE in a read-only transaction")
    error.__cause__ = reason
    caller = call_as(anna)
    caller.raise_request_exception = False
    with patch("django.db.models.query.QuerySet.update", side_effect=error):
        answer = caller.get(ME)
    assert answer.status_code == (503 if reason else 500)
    assert answer.json()["code"] == ("read_only" if reason else "server_error")
    assert answer.get("Retry-After") == ("60" if reason else None)
    assert any("InternalError" in line for line in log.lines), "the reason is in the log"


@pytest.mark.parametrize("path", [ME, "/api/v1/auth/tokens/"])
def test_the_answer_is_a_503_that_tells_nothing(
    call_as: Caller, anna: User, path: str, log: Lines
) -> None:
    caller = call_as(anna)
    with patch("django.db.backends.utils.CursorWrapper.execute", side_effect=LOST):
        answer = caller.get(path)
    assert answer.status_code == 503
    assert answer["Content-Type"] == "application/problem+json"
    assert "10.0.0.5" not in answer.content.decode()
    assert any("OperationalError" in line for line in log.lines), "the reason is in the log"


def test_the_login_of_the_admin_says_so_too(client: APIClient, staff: User) -> None:
    with patch("accounts.backends.PasswordBackend.authenticate", side_effect=LOST):
        answer = DOORS["admin"].knock(client, "staff", PASSWORD)
    assert answer.status_code == 503
    assert answer["Content-Type"] == "application/problem+json"
