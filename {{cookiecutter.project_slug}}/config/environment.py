"""Reads the environment; collects every fault so that one message can name them all.

Each variable may instead be given as ``NAME_FILE``, the path of a file that holds the value.
"""

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from config import parsers
from config.faults import ConfigurationError, ValidationError

Parser = Callable[..., Any]


class Environment:
    """`env.parser("NAME", "default")`, by the name of one of config/parsers.py or an added one."""

    def __init__(self) -> None:
        self.parsers: dict[str, Parser] = {"str": str}
        self.faults: dict[str, str] = {}
        for name in parsers.__all__:
            self.add_parser(name, getattr(parsers, name))

    def add_parser(self, name: str, parser: Parser) -> None:
        """Make `env.name()` of a function that takes a text and may raise ValidationError."""
        self.parsers[name] = parser

    def __getattr__(self, name: str) -> Parser:
        """Return what reads a variable with a parser; AttributeError if there is none."""
        try:
            return partial(self._value, self.parsers[name])
        except KeyError:
            raise AttributeError(name) from None

    def _value(
        self, parser: Parser, name: str, default: str | None = None, **options: object
    ) -> Any:
        """Return the value, the default read in the same way; None if there is a fault."""
        try:
            text = self._text(name, default)
            return None if text is None else parser(text, **options)
        except ValidationError as error:
            self.faults[name] = str(error)
            return None

    def _text(self, name: str, default: str | None) -> str | None:
        file_name = f"{name}_FILE"
        if path := os.environ.get(file_name):
            try:
                return Path(path).read_text("utf-8").strip()
            except (OSError, ValueError):  # what it holds may be a secret
                self.faults[file_name] = f"The value of {file_name} must be a readable file path."
                return None
        text = os.environ.get(name, default)
        if text is None:
            self.faults[name] = f"is not set (nor is {file_name})."
        return text

    def refuse_faults(self) -> None:
        """Raise ConfigurationError with every fault found so far, or do nothing.

        Called once, as the last line of a settings module.
        """
        if not self.faults:
            return
        lines = [f"  {name}: {fault}" for name, fault in sorted(self.faults.items())]
        raise ConfigurationError(
            "The service cannot start with this environment; README.md explains each variable:\n"
            + "\n".join(lines)
        )


env = Environment()
