"""Says whose a leaked token is: `manage.py find_token`, then paste; or `< file`.

A token is read from standard input and never printed: an argument would stay in the history of
the shell and in the list of processes.
"""

import getpass
import re
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from jwt_login import services  # option: jwt
from jwt_login.lookup import find_login  # option: jwt
from tokens.models import PREFIX, ApiToken, digest_of
from tokens.services import revoke

MOST = 10_000_000  # characters of what is searched
API_TOKEN = re.compile(PREFIX + r"[A-Za-z0-9_-]{43}")
JWT = re.compile(r"eyJ[\w-]+\.eyJ[\w-]+\.[\w-]+", re.ASCII)  # option: jwt


class Command(BaseCommand):
    """Looks every token of a text up; with --revoke each that is found is ended."""

    help = "Say whose the tokens in standard input are; they are not printed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add --revoke."""
        parser.add_argument("--revoke", action="store_true", help="end what is found")

    def handle(self, *_: Any, revoke: bool, **__: Any) -> None:
        """Print one line for each; CommandError if none is of this service and still there."""
        text = getpass.getpass("Token: ") if sys.stdin.isatty() else sys.stdin.read(MOST)
        self.ends = revoke
        found = self.api_tokens(text)
        found += self.jwt_logins(text)  # option: jwt
        if not found:
            raise CommandError("Nothing in it is a token of this service that is still there.")

    def api_tokens(self, text: str) -> int:
        """Say whose API tokens a text holds; returns how many."""
        digests = [digest_of(token) for token in API_TOKEN.findall(text)]
        tokens = list(ApiToken.objects.select_related("user").filter(digest__in=digests))
        for token in tokens:
            used = f"last used {token.last_used_at:%F %R}" if token.last_used_at else "never used"
            self.stdout.write(
                f"API token {str(token)!r} of {token.user.username} (account {token.user_id}), "
                f"id {token.pk}, made {token.created_at:%F %R}, {used}"
            )
        if self.ends:
            revoke(tokens, reason="leaked")
        return len(tokens)

    # option: jwt
    def jwt_logins(self, text: str) -> int:
        """Say whose JWTs a text holds; returns how many logins they belong to."""
        found = {login.pk: login for token in JWT.findall(text) if (login := find_login(token))}
        for login in found.values():
            ended = f"ended {login.revoked_at:%F %R}" if login.revoked_at else "not ended"
            self.stdout.write(
                f"JWT login {login.pk} of {login.user.username} (account {login.user_id}), "
                f"made {login.created_at:%F %R}, {ended}"
            )
            if self.ends:
                services.revoke(login)
        return len(found)

    # end option
