"""Logs people out: `manage.py end_sessions anna` or `manage.py end_sessions --all`."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.logins import Ended, end_logins, end_page_sessions, told
from accounts.models import User


class Command(BaseCommand):
    """Ends API tokens and every other login at once."""

    help = "End all logins of one account, or of all."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name an account or all of them, never neither."""
        whom = parser.add_mutually_exclusive_group(required=True)
        whom.add_argument("username", nargs="?", help="whose logins end")
        whom.add_argument("--all", action="store_true", help="everyone's logins end")

    def handle(self, *_: Any, **options: Any) -> None:
        """End them and say for how many accounts."""
        users = User.objects.all()
        if not options["all"]:
            users = users.filter(username=options["username"])
            if not users:
                raise CommandError(f"There is no account {options['username']!r}.")
        ended, ids = Ended(), set()
        for user in users.iterator():
            ended += end_logins(user)
            ids.add(str(user.pk))
        ended += end_page_sessions(ids)
        self.stdout.write(f"Logins ended for {len(ids)} account(s): {told(ended)}.")
