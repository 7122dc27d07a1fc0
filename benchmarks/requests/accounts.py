"""Accounts with twenty rows and a login of every kind, in the databases of all contestants."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from benchmarks.requests.sides import PEERS, Headers
from tests.credentials.deployment import Deployment
from tests.matrix.environments import REPOSITORY

# Run in the project: logging in over HTTP would hash a password for each.
OURS = """
import json, pathlib
from accounts.models import User
from django.conf import settings
from notes.models import Note
from tokens.services import create_token
users = [User(username=f"user-{{number}}", password="!") for number in range({accounts})]
User.objects.bulk_create(users)
Note.objects.bulk_create(
    Note(owner=user, title=f"Note {{number}}", text="x" * 100)
    for user in users
    for number in range(20)
)
made = {{
    "ids": [str(user.pk) for user in users],
    "tokens": [create_token(user, "")[1] for user in users],
    "access": [],
}}
if "jwt_login" in settings.INSTALLED_APPS:
    from jwt_login import services
    made["access"] = [services.start(user).access for user in users]
pathlib.Path({file!r}).write_text(json.dumps(made))
"""
ACCESS_MINUTES = {"JWT_ACCESS_MINUTES": "60"}


@dataclass(frozen=True)
class Accounts:
    """Their ids, and the headers that log them in."""

    ids: tuple[str, ...]
    tokens: tuple[Headers, ...]
    access: tuple[Headers, ...] = ()


def logins(scheme: str, credentials: list[str]) -> tuple[Headers, ...]:
    """Return a header for each."""
    return tuple({"Authorization": f"{scheme} {each}"} for each in credentials)


def of_ours(deployed: Deployment, accounts: int, folder: Path) -> Accounts:
    """Make them in a service of ours."""
    file = folder / "accounts.json"
    script = OURS.format(accounts=accounts, file=str(file))
    variables = deployed.variables | ACCESS_MINUTES
    deployed.installed.run(
        deployed.project, "python", "manage.py", "shell", "-c", script, variables=variables
    )
    made = json.loads(file.read_text("utf-8"))
    return Accounts(
        tuple(made["ids"]), logins("Token", made["tokens"]), logins("Bearer", made["access"])
    )


def of_contestants(
    deployed: Deployment, variables: dict[str, str], accounts: int, folder: Path
) -> Accounts:
    """Make them in the database that the contestants share; the id is that of the first alone."""
    file = folder / "contestants.json"
    given = {"DJANGO_SETTINGS_MODULE": f"{PEERS}.settings.typical", "PYTHONPATH": str(REPOSITORY)}
    command = ["python", "-m", f"{PEERS}.fill", str(accounts), str(file)]
    deployed.installed.run(REPOSITORY, *command, variables=variables | given)
    made = json.loads(file.read_text("utf-8"))
    return Accounts((made["owner"],), logins("Token", made["tokens"]))
