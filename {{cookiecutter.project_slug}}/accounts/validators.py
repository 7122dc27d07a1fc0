"""Rules for passwords that Django does not bring."""

from typing import Any

from django.core.exceptions import ValidationError

LONGEST_PASSWORD = 128  # characters, OWASP ASVS 6.2.9 asks for 64 at least


class MaximumLengthValidator:
    """Refuses passwords that are long only to make hashing expensive."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError above the limit."""
        if len(password) > LONGEST_PASSWORD:
            raise ValidationError(self.get_help_text(), code="password_too_long")

    def get_help_text(self) -> str:
        """Say the rule."""
        return f"Your password can have at most {LONGEST_PASSWORD} characters."
