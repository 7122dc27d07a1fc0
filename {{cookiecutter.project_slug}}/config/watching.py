"""Parsers of the variables that say where traces and error reports go."""

import re
from importlib.util import find_spec
from urllib.parse import SplitResult, urlsplit

from config.faults import ValidationError

RATES = ("always_on", "always_off", "traceidratio")
# Nobody's trace is continued, so that each of these means the same with a parent in mind.
SAMPLERS = (*RATES, *(f"parentbased_{name}" for name in RATES))
HEADERS = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+=[\x21-\x2b\x2d-\x7e]+")


def collector(text: str) -> str:
    """Accept nothing, or the http(s) address of an OpenTelemetry collector."""
    if text:
        _http_address(text, "the http:// or https:// address of a collector.")
        _installed("opentelemetry.exporter.otlp.proto.http", "tracing")
    return text


def sentry_dsn(text: str) -> str:
    """Accept nothing, or what Sentry shows as the DSN of a project."""
    if text:
        what = "the DSN of a Sentry project, https://key@host/number."
        address = _http_address(text, what)
        if not address.username or not re.fullmatch(r"(/[\w-]+)*/[0-9]+", address.path):
            raise ValidationError(f"must be {what}")
        _installed("sentry_sdk", "error-reports")
    return text


def otlp_headers(text: str) -> str:
    """Accept nothing, or name=value pairs, comma-separated, values percent-encoded."""
    if not all(HEADERS.fullmatch(pair.strip()) for pair in text.split(",") if text):
        raise ValidationError("must be name=value pairs, comma-separated, without blanks in them.")
    return text


def sampler(text: str) -> str:
    """Accept the name of a sampler that OpenTelemetry knows and that needs no other service."""
    if text not in SAMPLERS:
        raise ValidationError(f"must be one of {', '.join(SAMPLERS)}.")
    return text


def ratio(text: str) -> float:
    """Read a number from 0 to 1."""
    if not re.fullmatch(r"0|1|[01]?\.[0-9]{1,9}", text.strip()) or float(text) > 1:
        raise ValidationError("must be a number from 0 to 1, such as 0.1.")
    return float(text)


def _http_address(text: str, what: str) -> SplitResult:
    try:
        address = urlsplit(text)
        complete = address.scheme in {"http", "https"} and address.hostname and address.port != 0
    except ValueError:  # its text may hold the key
        complete = False
    if not complete:
        raise ValidationError(f"must be {what}")
    return address


def _installed(module: str, extra: str) -> None:
    try:
        found = find_spec(module)
    except ModuleNotFoundError:  # of the package around it
        found = None
    if found is None:
        raise ValidationError(f"needs packages that are not installed: uv sync --extra {extra}")
