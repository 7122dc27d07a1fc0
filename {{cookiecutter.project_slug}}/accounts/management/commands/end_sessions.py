"""Logs people out: `manage.py end_sessions anna` or `manage.py end_sessions --all`."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.sessions.models import Session
from django.core.management.base import BaseCommand, CommandError

from accounts.logins import end_logins
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
        ended = 0
        for user in users.iterator():
            end_logins(user)
            ended += 1
        end_page_sessions(set(users.values_list("pk", flat=True)))
        self.stdout.write(f"Logins ended for {ended} account(s).")


def end_page_sessions(user_ids: set[Any]) -> None:
    """Delete the sessions of pages; who they belong to is inside of each."""
    ids = {str(user_id) for user_id in user_ids}
    for session in Session.objects.iterator():
        if session.get_decoded().get("_auth_user_id") in ids:
            session.delete()
