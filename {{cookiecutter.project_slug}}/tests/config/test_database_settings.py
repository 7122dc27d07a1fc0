"""Connections last, end what takes too long, and do not mind a pooler in between."""

from config.database_address import postgresql
from config.settings.database import TIME_LIMITS, persistent


def test_what_the_address_says_wins() -> None:
    plain = persistent(postgresql("postgresql://u:p@db/name"))
    told = persistent(postgresql("postgresql://u:p@db/name?options=-c%20a%3Db&connect_timeout=1"))
    assert plain["OPTIONS"] == {"connect_timeout": 5, "options": TIME_LIMITS}
    assert told["OPTIONS"] == {"connect_timeout": "1", "options": "-c a=b"}


def test_a_pooler_may_lend_the_connection_to_others_between_transactions() -> None:
    settings = persistent(postgresql("postgresql://u:p@db/name"))
    assert settings["DISABLE_SERVER_SIDE_CURSORS"] is True
    assert "prepare_threshold" not in settings["OPTIONS"], "Django prepares nothing unless told to"


def test_a_lasting_connection_that_broke_is_made_again() -> None:
    settings = persistent(None)
    assert settings["CONN_MAX_AGE"] > 0
    assert settings["CONN_HEALTH_CHECKS"] is True
