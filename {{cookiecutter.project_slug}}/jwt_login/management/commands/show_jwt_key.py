# option: jwt
"""Shows the public half of the key that signs."""

from typing import Any

from django.core.management.base import BaseCommand

from jwt_login import keys, pem
from jwt_login.keyring import keyring


class Command(BaseCommand):
    """Prints key id and public key on one line, as JWT_VERIFY_KEYS takes it."""

    help = "Print the key id and the public half of the key that signs now."

    def handle(self, **_: Any) -> None:
        """Print the public key; nothing here is secret."""
        public = keyring().signing_key.public_key()
        self.stdout.write(f"# key id {keys.key_id(public)}")
        self.stdout.write(f'"{pem.one_line(keys.public_text(public))}"')
