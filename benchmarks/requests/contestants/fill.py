"""Makes N accounts with rows and tokens; FILE gets the id of the first and all tokens: `N FILE`.

Run by the typical contestant's settings, which have all tables.
"""

import json
import sys
from pathlib import Path

import django
from django.core.management import call_command

ROWS = 20


def fill(accounts: int) -> dict[str, object]:
    """Make them; return what is written."""
    from django.contrib.auth import get_user_model  # noqa: PLC0415 - needs django.setup()
    from rest_framework.authtoken.models import Token  # noqa: PLC0415 - the same

    from benchmarks.requests.contestants.models import Note  # noqa: PLC0415 - the same

    users = get_user_model().objects.bulk_create(
        get_user_model()(username=f"user-{number}") for number in range(accounts)
    )
    Note.objects.bulk_create(
        Note(owner=user, title=f"Note {number}", text="x" * 100)
        for user in users
        for number in range(ROWS)
    )
    tokens = Token.objects.bulk_create(Token(user=user, key=Token.generate_key()) for user in users)
    return {"owner": str(users[0].pk), "tokens": [token.key for token in tokens]}


if __name__ == "__main__":
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("migrate", run_syncdb=True, verbosity=0)  # ours has no migrations; it comes last
    Path(sys.argv[2]).write_text(json.dumps(fill(int(sys.argv[1]))), "utf-8")
