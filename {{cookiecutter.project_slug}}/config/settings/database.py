"""How PostgreSQL is spoken to: connections that last, statements that end."""

from typing import Any

# The role `service` has the same, for a pooler that drops these (deploy/database/roles.sql);
# `migrate` has others.
TIME_LIMITS = (
    "-c statement_timeout=15s -c lock_timeout=5s -c idle_in_transaction_session_timeout=30s"
)


def persistent(address: dict[str, Any] | None) -> dict[str, Any]:
    """Complete what DATABASE_URL says; an option given there wins over the one here."""
    address = address or {}
    options = {"connect_timeout": 5, "options": TIME_LIMITS} | address.get("OPTIONS", {})
    return address | {
        "OPTIONS": options,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        # They outlive a transaction, and a pooler gives the connection to somebody else by then.
        "DISABLE_SERVER_SIDE_CURSORS": True,
    }
