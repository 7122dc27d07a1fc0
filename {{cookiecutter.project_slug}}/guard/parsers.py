"""Reads JSON bodies strictly: what is ambiguous or a bomb is a 400 (OWASP ASVS 1.5.3, 15.3.6)."""

import json
import math
import re
from collections.abc import Mapping
from typing import IO, Any

from django.conf import settings
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

from guard.exceptions import TooLarge

LONGEST_NUMBER = 40  # digits
DEEPEST = 100  # lists and objects in each other
ODD = re.compile(r"\\u(?:0000|[dD][89a-fA-F])")  # an escaped NUL or half a character


def unique_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse an object that says the same thing twice; parsers differ on which one counts."""
    if len(pairs) > settings.DATA_UPLOAD_MAX_NUMBER_FIELDS:
        raise ParseError("An object has too many keys.")
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ParseError("A key occurs twice in one object.")
    return members


def bounded_integer(digits: str) -> int:
    """Refuse numbers whose conversion alone takes seconds."""
    if len(digits) > LONGEST_NUMBER:
        raise ParseError("A number is too long.")
    return int(digits)


def finite(digits: str) -> float:
    """Refuse what is too large for a float; it would be read as infinity."""
    number = float(digits)
    if math.isinf(number):
        raise ParseError("A number is too large.")
    return number


def refuse_constant(name: str) -> None:
    """Refuse NaN and Infinity, which are not JSON (RFC 8259, section 6)."""
    raise ParseError(f"{name} is not JSON.")


def refuse_odd(value: Any) -> None:
    """Refuse what no text column holds, and nesting that others could not walk down.

    Half a character cannot be encoded (RFC 7493, 2.1), and PostgreSQL stores no NUL.
    """
    left = [(value, 1)]
    while left:
        item, depth = left.pop()
        if isinstance(item, str):
            item.encode()  # UnicodeEncodeError is a ValueError
            if "\0" in item:
                raise ParseError("A text holds a NUL.")
        elif isinstance(item, dict | list):
            if depth > DEEPEST:
                raise ParseError("Values are nested too deeply.")
            parts = [*item, *item.values()] if isinstance(item, dict) else item
            left += [(part, depth + 1) for part in parts]


class StrictJSONParser(JSONParser):
    """UTF-8 JSON (RFC 8259): unique keys, finite numbers, whole texts, bounded size and depth."""

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """Return the value, or raise ParseError."""
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        body = stream.read(limit + 1)
        if len(body) > limit:
            raise TooLarge
        try:
            text = body.decode()
            value = json.loads(
                text,
                object_pairs_hook=unique_keys,
                parse_float=finite,
                parse_int=bounded_integer,
                parse_constant=refuse_constant,
            )
            if ODD.search(text) or text.count("[") + text.count("{") > DEEPEST:
                refuse_odd(value)
        except (ValueError, RecursionError) as error:  # nested too deeply is a RecursionError
            raise ParseError("The body is not valid JSON.") from error
        return value
