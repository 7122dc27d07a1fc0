"""Reads DATABASE_URL; the way to another machine is encrypted unless somebody decides otherwise."""

from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from config.faults import ValidationError

VERIFIED = ("verify-full", "verify-ca")
# libpq's default is `prefer`: it and `allow` go on in clear where a server (or who sits in between)
# offers no TLS, so they promise nothing.
DEFAULT = "require"
ANSWERS = (*VERIFIED, DEFAULT, "disable")
UNDECIDED = (
    "names a database on another machine and an sslmode that promises nothing: say "
    "?sslmode=verify-full&sslrootcert=/path/of/ca.pem (or sslrootcert=system for a public CA); "
    "sslmode=disable if the network in between is yours alone."
)


def postgresql(text: str, *, tls_is_decided: bool = False) -> dict[str, Any]:
    """Turn postgresql://user:password@host:port/name?option=value into Django's settings.

    libpq's own parser reads it, so every option it knows is allowed. With `tls_is_decided`, the way
    to another machine is encrypted unless sslmode=disable, and a CA must be there to be read.
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
        options |= decided_tls({name: str(value) for name, value in options.items()})
    parts = {"NAME": "dbname", "USER": "user", "PASSWORD": "password"}
    parts |= {"HOST": "host", "PORT": "port"}
    settings = {ours: str(options.pop(theirs, "") or "") for ours, theirs in parts.items()}
    return {"ENGINE": "config.postgresql", **settings, "OPTIONS": options}


def decided_tls(options: dict[str, str]) -> dict[str, str]:
    """Return the sslmode where none is named; ValidationError if one cannot or should not be."""
    hosts = ",".join(options.get(name, "") for name in ("host", "hostaddr")).split(",")
    mode, far = options.get("sslmode", ""), not all(is_near(host) for host in hosts)
    if far and not mode:
        return {"sslmode": DEFAULT}
    if far and mode not in ANSWERS:
        raise ValidationError(UNDECIDED)
    if mode in VERIFIED and options.get("sslrootcert") != "system":
        check_ca(mode, options.get("sslrootcert", ""))
    return {}


def check_ca(mode: str, file: str) -> None:
    """Raise ValidationError if the certificates to believe cannot be read."""
    if not file:
        raise ValidationError(f"says sslmode={mode} without sslrootcert=, the CA to believe.")
    try:
        Path(file).open("rb").close()
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
