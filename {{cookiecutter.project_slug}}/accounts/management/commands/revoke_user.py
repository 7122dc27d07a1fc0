"""Puts somebody out: `manage.py revoke_user anna`; with --undo the account may log in again."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.logins import switch_off, switch_on, told
from accounts.models import User


class Command(BaseCommand):
    """Switches an account off and ends all of its logins at once; its data stays."""

    help = "Switch one account off and end all of its logins."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the account."""
        parser.add_argument("username", help="who must be out")
        parser.add_argument("--undo", action="store_true", help="let the account log in again")

    def handle(self, *_: Any, username: str, undo: bool, **__: Any) -> None:
        """Do it, and say what was ended."""
        user = User.objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"There is no account {username!r}.")
        if undo:
            changed = switch_on(user)
            state = "may log in again" if changed else "was not switched off"
            self.stdout.write(f"{username} {state}; what was ended stays ended.")
            return
        self.stdout.write(f"{username} is switched off. Ended: {told(switch_off(user))}.")
