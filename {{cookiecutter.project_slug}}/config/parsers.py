"""Turns the text of an environment variable into a value, or says what is wrong with it.

Each parser takes the text (a default goes the same way) and raises ValidationError with a
sentence that says what would be right.
"""

import logging
import re
from pathlib import Path
from urllib.parse import urlsplit

from config.database_address import postgresql
from config.faults import ValidationError

__all__ = [
    "flag",
    "host_names",
    "log_file",
    "log_level",
    "must_be_off",
    "number",
    "postgresql",
    "rate",
    "redis_address",
    "secret",
    "secrets_list",
    "url_path",
]

MINIMUM_SECRET_LENGTH = 50
MINIMUM_SECRET_VARIETY = 10
PLACEHOLDER = re.compile(
    r"change.?me|insecure|example|placeholder|generate:|local-only", re.IGNORECASE
)
HOST_NAME = re.compile(r"(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)(\.[a-z0-9-]{1,63})*")
PERIODS = ("second", "minute", "hour", "day")


def words(text: str) -> list[str]:
    """Split a comma-separated list; blanks around an entry do not count."""
    return [word.strip() for word in text.split(",") if word.strip()]


def flag(text: str) -> bool:
    """Read yes or no."""
    value = text.strip().lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off", ""}:
        return False
    raise ValidationError("must be yes or no.")


def must_be_off(text: str) -> bool:
    """Accept no, for a switch that has no place in production."""
    if flag(text):
        raise ValidationError("must not be switched on in production.")
    return False


def number(text: str, *, minimum: int, maximum: int) -> int:
    """Read a whole number between two bounds, both allowed."""
    if not re.fullmatch(r"[0-9]{1,12}", text.strip()) or not minimum <= int(text) <= maximum:
        raise ValidationError(f"must be a whole number from {minimum} to {maximum}.")
    return int(text)


def secret(text: str) -> str:
    """Accept a key that nobody can guess (the bounds of Django's own check security.W009)."""
    if PLACEHOLDER.search(text):
        raise ValidationError("is a placeholder; put a secret of your own there.")
    if len(text) < MINIMUM_SECRET_LENGTH or len(set(text)) < MINIMUM_SECRET_VARIETY:
        raise ValidationError(
            f"is too weak: {MINIMUM_SECRET_LENGTH} random characters or more, for instance from "
            'python3 -c "import secrets; print(secrets.token_urlsafe(48))"'
        )
    return text


def secrets_list(text: str) -> list[str]:
    """Accept older keys, comma-separated, each as strong as the current one."""
    return [secret(word) for word in words(text)]


def host_names(text: str) -> list[str]:
    """Accept exact host names; a wildcard would trust whatever Host a caller sends."""
    hosts = words(text)
    if not hosts or not all(HOST_NAME.fullmatch(host) for host in hosts):
        raise ValidationError(
            "must be exact host names in lower case, comma-separated, without wildcard or port."
        )
    return hosts


def rate(text: str) -> str:
    """Accept a rate such as 100/hour: a count above zero for one second, minute, hour or day."""
    count, _, period = text.strip().partition("/")
    if not re.fullmatch(r"[1-9][0-9]{0,8}", count) or period not in PERIODS:
        raise ValidationError(f"must be a rate such as 100/hour, per {', '.join(PERIODS)}.")
    return f"{count}/{period}"


def redis_address(text: str) -> str:
    """Accept the address of a Redis server; rediss:// is Redis over TLS."""
    address = urlsplit(text)
    if address.scheme not in {"redis", "rediss"} or not address.hostname:
        raise ValidationError("must be a redis:// or rediss:// address.")
    return text


def log_file(text: str) -> str:
    """Accept nothing, or the path of a file that this process may append to."""
    if text:
        try:
            Path(text).open("a", encoding="utf-8").close()
        except OSError as error:
            raise ValidationError(f"cannot be written: {error.strerror}.") from error
    return text


def log_level(text: str) -> int:
    """Read the name of the level from which on lines are written."""
    level = logging.getLevelNamesMapping().get(text.strip().upper(), logging.NOTSET)
    if level == logging.NOTSET:
        raise ValidationError("must be DEBUG, INFO, WARNING, ERROR or CRITICAL.")
    return level


def url_path(text: str) -> str:
    """Accept one or more path segments without leading or trailing slash."""
    path = text.strip("/")
    if not re.fullmatch(r"[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*", path) or path.startswith("api/"):
        raise ValidationError("must be a path such as back-office, outside of api/.")
    return path
