"""Checks the answers: each is data, and stays data in every kind of file it is written to.

Standard library only: hooks run in whatever environment cookiecutter was installed into.
"""

import json
import re
import sys
import unicodedata
from collections.abc import Iterator, Mapping

# The commented raw block keeps this file valid Python before it is rendered.
RENDERED_ANSWERS = r"""{{ cookiecutter | tojson }}"""
# {% raw %}

# Text is written between double quotes in Python, TOML, YAML, JSON and shell, and into Markdown.
UNSAFE_CHARACTERS = '"\\`{}<>$'
NO_CHARACTERS = {
    *map(chr, range(0xFDD0, 0xFDF0)),
    *(chr(plane + last) for plane in range(0, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF)),
}
# Emoji and Persian words are joined with the first two; flags of regions are spelt with tags.
HARMLESS_FORMATS = {"\u200c", "\u200d", *map(chr, range(0xE0020, 0xE0080))}
# Behind a comment sign, the template's or the answer's own, this would be an option mark.
OPTION_MARK = re.compile(r"(?:^|#|//|--|/\*)\s*(?:end\s+)?option\b")

Answers = Mapping[str, object]  # as JSON gives them
TEXT_WIDTHS = {"project_name": 50, "description": 80, "cors_allowed_origins": 1000}
LONGEST_SLUG, LONGEST_HOST, LONGEST_LIFETIME = 50, 253, 8760
HIGHEST_PORT, HTTPS_PORT = 65535, 443
SLUG = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
HOST = re.compile(rf"(?:{LABEL}\.)+(?=[a-z]){LABEL}")
ORIGIN = re.compile(r"https://(?P<host>[^:/]+)(?::(?P<port>[1-9][0-9]{0,4}))?")

# A project can neither depend on itself nor be named like its own folders or a device of Windows.
RESERVED_NAMES = """argon2-cffi coverage cryptography deptry django django-cors-headers
    django-stubs djangorestframework djangorestframework-stubs drf-spectacular
    drf-spectacular-sidecar granian limits mypy opentelemetry-api orjson
    opentelemetry-exporter-otlp-proto-http opentelemetry-sdk prometheus-client psycopg pyjwt pytest
    pytest-django pytest-xdist python-dotenv python-json-logger pyyaml redis ruff sentry-sdk
    squawk-cli time-machine types-pyyaml whitenoise accounts config deploy docs guard jwt-login
    migration-lint notes observability option site test tests tokens aux con nul prn
"""
RESERVED_SLUGS = {*RESERVED_NAMES.split(), *(a + n for a in ("com", "lpt") for n in "123456789")}


def width(text: str) -> int:
    """Return the columns that a text takes at most: wide characters count two, all others one."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def is_unsafe(char: str) -> bool:
    """Tell whether a character ends a string or a line, or hides or reorders text somewhere."""
    if unicodedata.category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp"}:
        return char not in HARMLESS_FORMATS
    return char in UNSAFE_CHARACTERS or char in NO_CHARACTERS


def text_faults(text: str, limit: int) -> Iterator[str]:
    """Yield what is wrong with a line of free text."""
    if all(char in HARMLESS_FORMATS or unicodedata.category(char)[0] in "MZ" for char in text):
        yield "must not be empty"
    elif text != text.strip():
        yield "must not begin or end with a blank"
    if unsafe := sorted({ascii(char) for char in text if is_unsafe(char)}):
        found = " ".join(unsafe[:10])
        yield f"must not contain {found}; letters of any script, emoji and ' & # : % are fine"
    if OPTION_MARK.search(text):
        yield "must not read like the mark of an option; put another word before 'option'"
    if width(text) > limit:
        yield f"must be at most {limit} characters, wide ones counting two; it has {width(text)}"


def slug_faults(slug: str) -> Iterator[str]:
    """Yield what is wrong with the name of folder, distribution and image."""
    if not SLUG.fullmatch(slug) or len(slug) > LONGEST_SLUG:
        rule = "a letter a-z, then a-z, 0-9 and single dashes between them"
        yield f"must be {rule}, at most {LONGEST_SLUG} characters, like 'my-service'"
    elif slug in RESERVED_SLUGS:
        yield f"is a reserved name; '{slug}-service' would be right"


def is_host(name: str) -> bool:
    """Tell whether this is a full host name in the form that DNS and `Host` headers carry."""
    return bool(HOST.fullmatch(name)) and len(name) <= LONGEST_HOST


def host_faults(name: str) -> Iterator[str]:
    """Yield what is wrong with the public host name."""
    if not is_host(name):
        form = "a lower-case host name with a dot (other scripts as xn--), no scheme, no port"
        yield f"must be {form}, like 'api.example.com'"


def origin_faults(origins: str) -> Iterator[str]:
    """Yield what is wrong with the list of origins; browsers send them in exactly this form."""
    listed = origins.split(",")
    for origin in listed:
        found = ORIGIN.fullmatch(origin)
        port = int(found["port"] or 0) if found else 0
        if not found or not is_host(found["host"]) or port > HIGHEST_PORT or port == HTTPS_PORT:
            form = "https://host or https://host:port, no path, no blank, no :443, no wildcard"
            yield f"must list exact origins; {origin[:100]!a} should be {form}"
    if len(set(listed)) < len(listed):
        yield "must not list an origin twice"


def lifetime_faults(hours: str) -> Iterator[str]:
    """Yield what is wrong with the lifetime in hours."""
    if not re.fullmatch("[1-9][0-9]{0,3}", hours) or int(hours) > LONGEST_LIFETIME:
        yield f"must be a whole number from 1 to {LONGEST_LIFETIME}, in digits, like 720"


FORMS = {
    "project_slug": slug_faults,
    "domain": host_faults,
    "token_lifetime_hours": lifetime_faults,
}


def answer_faults(question: str, answers: Answers) -> Iterator[str]:
    """Yield what is wrong with one answer; a question that is not known here is left alone."""
    answer, listed = answers[question], answers["_choices"]
    choices = listed.get(question) if isinstance(listed, dict) else None
    if question.startswith("use_"):
        if not isinstance(answer, bool):
            yield "must be yes or no"
    elif not isinstance(answer, str):
        yield "must be text"
    elif choices and answer not in choices:
        yield f"must be one of: {', '.join(choices)}"
    elif question in FORMS:
        yield from FORMS[question](answer)
    elif question in TEXT_WIDTHS:
        yield from text_faults(answer, TEXT_WIDTHS[question])
        if question == "cors_allowed_origins" and answers["use_cors"] is True:
            yield from origin_faults(answer)


def refusal(answers: Answers) -> str:
    """Return one message that names all faults of the answers, or nothing if there are none."""
    asked = [question for question in answers if not question.startswith("_")]
    found = [f"  {name}: {fault}" for name in asked for fault in answer_faults(name, answers)]
    return "\n".join(["Nothing was written. Please change these answers:", *found] if found else [])


if __name__ == "__main__":
    sys.exit(refusal(json.loads(RENDERED_ANSWERS)) or None)
# {% endraw %}
