# option: jwt
"""The signing key changes without logging anyone out, step by step as docs/jwt.md has it."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone
from pytest_django import Settings
from rest_framework.test import APIClient

from accounts.models import User
from jwt_login import keys, pem, services
from jwt_login.well_known import MAX_AGE_SECONDS
from tests.jwt_login import calls, forging
from tests.jwt_login.test_jwks import DOCS

HEADING = "## Change the signing key without logging anyone out"


def steps() -> list[str]:
    """Return the numbered steps of the runbook, each on one line."""
    section = DOCS.read_text(encoding="utf-8").partition(HEADING)[2].partition("\n## ")[0]
    found = re.findall(r"^\d+\. (.+(?:\n {3}\S.*)*)", section, re.MULTILINE)
    return [re.sub(r"\s+", " ", step) for step in found]


class Operator:
    """Does what a step says, and nothing else, on the settings that restarted processes read."""

    def __init__(self, settings: Settings, clock: time_machine.Traveller) -> None:
        self.settings, self.clock = settings, clock
        self.new_private = self.new_public = self.old_public = ""

    def make(self) -> None:
        lines = run("make_jwt_key").splitlines()
        self.new_private = lines[1].removeprefix("JWT_PRIVATE_KEY=")
        self.new_public = lines[3].removeprefix("# ")

    def announce(self) -> None:
        self.settings.JWT_VERIFY_KEYS = keys.read_public_keys(self.new_public)

    def wait_for_caches(self) -> None:
        assert MAX_AGE_SECONDS == 5 * 60
        self.clock.shift(timedelta(minutes=5))

    def show(self) -> None:
        self.old_public = run("show_jwt_key").splitlines()[1]

    def switch(self) -> None:
        self.settings.JWT_PRIVATE_KEY = keys.read_private_key(self.new_private)
        self.settings.JWT_VERIFY_KEYS = keys.read_public_keys(self.old_public)

    def wait_for_logins(self) -> None:
        self.clock.shift(timedelta(hours=self.settings.TOKEN_LIFETIME_HOURS))

    def retire(self) -> None:
        self.settings.JWT_VERIFY_KEYS = keys.read_public_keys("")


RUNBOOK: dict[str, Callable[[Operator], None]] = {
    "Make a key pair: `./run manage make_jwt_key`.": Operator.make,
    "Set `JWT_VERIFY_KEYS` to the new public half, and restart every process.": Operator.announce,
    "Wait 5 minutes, until no cache holds a key set without it.": Operator.wait_for_caches,
    "Show the public half of the old key, in a running container: "
    "`python manage.py show_jwt_key`.": Operator.show,
    "Set `JWT_PRIVATE_KEY` to the new private key and `JWT_VERIFY_KEYS` to the old public half, "
    "and restart every process.": Operator.switch,
    "Wait `TOKEN_LIFETIME_HOURS`, until the last login that began with the old key has ended.": (
        Operator.wait_for_logins
    ),
    "Set `JWT_VERIFY_KEYS` to nothing, and restart every process.": Operator.retire,
}


def run(command: str) -> str:
    out = StringIO()
    call_command(command, stdout=out)
    return out.getvalue()


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(timezone.now(), tick=False) as traveller:
        yield traveller


def test_the_runbook_is_followed_word_for_word() -> None:
    assert steps() == list(RUNBOOK)


def test_nobody_is_logged_out_by_the_runbook(
    user: User, settings: Settings, clock: time_machine.Traveller
) -> None:
    operator = Operator(settings, clock)
    old_kid = published()[0]
    first = services.start(user)
    logins: list[tuple[datetime, str]] = [(timezone.now(), first.refresh)]
    for step in steps():
        before = services.start(user)
        logins.append((timezone.now(), before.refresh))
        known = published()  # what a service holds that fetched the keys just before this step
        RUNBOOK[step](operator)
        after = services.start(user)
        if step != "Set `JWT_VERIFY_KEYS` to the new public half, and restart every process.":
            assert forging.parts(after.access)[0]["kid"] in known
        if "Wait" not in step:
            assert calls.call(before.access).status_code == 200
        logins = [(began, still_in(began, token, settings)) for began, token in logins]
    new_kid = keys.key_id(keys.private_key(operator.new_private).public_key())
    assert published() == [new_kid] != [old_kid]


def still_in(began: datetime, token: str, settings: Settings) -> str:
    """Refresh a login that has not reached its end: it must work, whatever the step was."""
    if timezone.now() >= began + timedelta(hours=settings.TOKEN_LIFETIME_HOURS):
        return token
    answer = calls.refresh(token)
    assert answer.status_code == 200
    return str(answer.json()["refresh"])


def published() -> list[str]:
    return [key["kid"] for key in APIClient().get(calls.JWKS).json()["keys"]]


def test_an_old_key_verifies_during_the_overlap_and_not_after(
    user: User, settings: Settings
) -> None:
    old_public = keys.public_text(keys.private_key(settings.JWT_PRIVATE_KEY).public_key())
    pair = services.start(user)
    settings.JWT_PRIVATE_KEY = keys.new_private_key()
    settings.JWT_VERIFY_KEYS = [pem.one_line(old_public)]
    assert calls.call(pair.access).status_code == 200
    child = calls.refresh(pair.refresh).json()
    settings.JWT_VERIFY_KEYS = []
    assert calls.call(pair.access).status_code == 401
    assert calls.refresh(pair.refresh).status_code == 401
    assert calls.call(child["access"]).status_code == 200
    assert calls.refresh(child["refresh"]).status_code == 200
