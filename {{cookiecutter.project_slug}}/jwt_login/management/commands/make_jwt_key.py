# option: jwt
"""Makes a key pair for signing JWTs."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from jwt_login import keys, pem


class Command(BaseCommand):
    """Prints a new private key for the environment, and its key id; stores nothing."""

    help = (
        "Print a new P-256 private key on one line, as an environment file takes it, "
        "with its key id and its public half."
    )
    requires_system_checks: tuple[str, ...] = ()  # the key that is missing cannot be checked

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add --multiline."""
        parser.add_argument(
            "--multiline",
            action="store_true",
            help="print the private key alone, as a PEM file (for JWT_PRIVATE_KEY_FILE)",
        )

    def handle(self, *, multiline: bool, **_: Any) -> None:
        """Print one key pair."""
        private = keys.new_private_key()
        public = keys.private_key(private).public_key()
        if multiline:
            self.stdout.write(private, ending="")
            self.stderr.write(f"key id {keys.key_id(public)}")
            return
        self.stdout.write(f"# key id {keys.key_id(public)}")
        self.stdout.write(f'JWT_PRIVATE_KEY="{pem.one_line(private)}"')
        self.stdout.write("# its public half, for JWT_VERIFY_KEYS")
        self.stdout.write(f'# "{pem.one_line(keys.public_text(public))}"')
