"""Reads JSON bodies strictly: what is ambiguous or a bomb is a 400 (OWASP ASVS 1.5.3, 15.3.6)."""

import json
import math
from collections.abc import Mapping
from typing import IO, Any

from django.conf import settings
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

from guard.exceptions import TooLarge

LONGEST_NUMBER = 40  # digits


def unique_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse an object that says the same thing twice; parsers differ on which one counts."""
    members = dict(pairs)
    "".join(members).encode()  # half a character is no name (RFC 7493, 2.1); fields check values
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


class StrictJSONParser(JSONParser):
    """UTF-8 JSON (RFC 8259): unique keys, finite numbers, bounded size."""

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
            return json.loads(
                text,
                object_pairs_hook=unique_keys,
                parse_float=finite,
                parse_int=bounded_integer,
                parse_constant=refuse_constant,
            )
        except (ValueError, RecursionError) as error:  # nested too deeply is a RecursionError
            raise ParseError("The body is not valid JSON.") from error
