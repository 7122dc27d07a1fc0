"""What is wrong with the environment."""

from django.core.exceptions import ImproperlyConfigured


class ValidationError(Exception):
    """A variable says what cannot be accepted; the text says what would be right."""


class ConfigurationError(ImproperlyConfigured):
    """The environment is incomplete or unsafe; the text names every fault."""
