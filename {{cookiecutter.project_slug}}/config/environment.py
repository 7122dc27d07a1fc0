"""Reads the environment; collects every fault so that one message can name them all.

Each variable may instead be given as ``NAME_FILE``, the path of a file that holds the value.
"""

from typing import Any, cast

from django.core.exceptions import ImproperlyConfigured
from environs import EnvValidationError, FileAwareEnv

from config import parsers

NOT_SET = "Environment variable not set."  # the reader's own text


class ConfigurationError(ImproperlyConfigured):
    """The environment is incomplete or unsafe; the text names every fault."""


class Environment(FileAwareEnv):
    """An environment whose unreadable ``NAME_FILE`` paths are reported with all other faults."""

    def __init__(self) -> None:
        super().__init__(eager=False, strip_whitespace=True)
        self.unreadable: dict[str, list[str]] = {}
        for name in parsers.__all__:
            self.add_parser(name, getattr(parsers, name))

    def _get_value(self, env_key: str, default: Any) -> Any:
        try:
            return super()._get_value(env_key, default)
        except (OSError, ValueError) as error:
            self.unreadable[f"{env_key}_FILE"] = [str(error)]
            return ...

    def refuse_faults(self) -> None:
        """Raise ConfigurationError with every fault found so far, or do nothing.

        Called once, as the last line of a settings module; nothing can be read after it.
        """
        faults: dict[str, list[str]] = {}
        try:
            self.seal()
        except EnvValidationError as error:
            faults |= cast("dict[str, list[str]]", error.error_messages)
        for file_name in self.unreadable:
            faults.pop(file_name.removesuffix("_FILE"), None)
        faults |= self.unreadable
        if not faults:
            return
        lines = [
            f"  {name}: {message.replace(NOT_SET, f'is not set (nor is {name}_FILE).')}"
            for name, messages in sorted(faults.items())
            for message in messages
        ]
        raise ConfigurationError(
            "The service cannot start with this environment; README.md explains each variable:\n"
            + "\n".join(lines)
        )


env = Environment()
