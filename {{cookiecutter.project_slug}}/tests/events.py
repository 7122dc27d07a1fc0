"""How a security event has to look, whatever it is about."""

from datetime import datetime

from accounts.models import User
from tests.lines import Lines

REQUIRED = {"event", "time", "level", "request_id", "address", "message", "logger"}
ALLOWED = REQUIRED | {"method", "path", "account", "code", "reason", "scope", "origin"}
ALLOWED |= {"token_id", "login"}
WARNINGS = ("fail", "malicious", "excess", "reuse", "lost")


def assert_exactly(
    events: Lines, *names: str, account: User | None, address: str = "127.0.0.1"
) -> None:
    """These events, in this order, and no other; each says when, from where, and of whom."""
    assert events.names == list(names)
    for record in events.records:
        assert record.keys() >= REQUIRED
        assert record.keys() <= ALLOWED
        assert record["message"] == record["event"]
        assert record["logger"] == "security"
        assert datetime.fromisoformat(str(record["time"])).utcoffset() is not None
        assert record["request_id"]
        assert record["address"] == address
        assert record.get("account") == (str(account.pk) if account else None)
        serious = any(word in str(record["event"]) for word in WARNINGS)
        serious = serious and record["event"] != "input_validation_fail"
        assert record["level"] == ("WARNING" if serious else "INFO")
