"""Reads DATABASE_URL, and wants to be told whether the way there is encrypted."""

from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from environs import ValidationError
from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

VERIFIED = ("verify-full", "verify-ca")
# libpq's default, `prefer`, and `allow` go on in clear where a server (or who sits in between)
# offers no TLS; they promise nothing, so they are no answer.
ANSWERS = (*VERIFIED, "require", "disable")
UNDECIDED = (
    "names a database on another machine and does not say sslmode: add "
    "?sslmode=verify-full&sslrootcert=/path/of/ca.pem (or sslrootcert=system for a public CA); "
    "sslmode=disable if the network in between is yours alone."
)


def postgresql(text: str, *, tls_is_decided: bool = False) -> dict[str, Any]:
    """Turn postgresql://user:password@host:port/name?option=value into Django's settings.

    libpq's own parser reads it, so every option it knows is allowed. With `tls_is_decided`, an
    address that leaves this machine must say its sslmode, and a CA must be there to be read.
    """
    if urlsplit(text).scheme not in {"postgresql", "postgres"}:
        raise ValidationError("must be a postgresql:// address.")
    try:
        options = conninfo_to_dict(text)
    except ProgrammingError:  # its text may hold the password
        raise ValidationError("is not a valid postgresql:// address.") from None
    if not options.get("dbname"):
        raise ValidationError("names no database: postgresql://user:password@host:5432/name")
    if tls_is_decided:
        check_tls({name: str(value) for name, value in options.items()})
    parts = {"NAME": "dbname", "USER": "user", "PASSWORD": "password"}
    parts |= {"HOST": "host", "PORT": "port"}
    settings = {ours: str(options.pop(theirs, "") or "") for ours, theirs in parts.items()}
    return {"ENGINE": "django.db.backends.postgresql", **settings, "OPTIONS": options}


def check_tls(options: dict[str, str]) -> None:
    """Raise ValidationError if nobody has decided, or if what was decided cannot be done."""
    hosts = ",".join(options.get(name, "") for name in ("host", "hostaddr")).split(",")
    mode = options.get("sslmode", "")
    if mode not in ANSWERS and not all(is_near(host) for host in hosts):
        raise ValidationError(UNDECIDED)
    if mode not in VERIFIED or options.get("sslrootcert") == "system":
        return
    if not options.get("sslrootcert"):
        raise ValidationError(f"says sslmode={mode} without sslrootcert=, the CA to believe.")
    try:
        Path(options["sslrootcert"]).open("rb").close()
    except OSError as error:
        raise ValidationError(
            f"names an sslrootcert that cannot be read: {error.strerror}."
        ) from error


def is_near(host: str) -> bool:
    """Whether a host is this machine, or has a name without a dot: a container beside this one."""
    try:
        return ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return host.startswith(("/", "@")) or "." not in host
