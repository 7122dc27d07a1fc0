"""`manage.py revoke_user`: somebody is out of everything, at once, until that is undone."""

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from rest_framework.test import APIClient

from accounts.models import User
from tests.accounts.doors import Door, at_every_door
from tests.accounts.logins import KINDS, alive, every_login, in_session
from tests.conftest import PASSWORD
from tests.events import assert_exactly
from tests.lines import Lines


def test_the_account_is_out_and_others_are_not(anna: User, berta: User) -> None:
    annas, bertas = every_login(anna), every_login(berta)
    call_command("revoke_user", "anna")
    assert alive(annas) == set()
    assert alive(bertas) == set(bertas)


@at_every_door
def test_no_door_lets_it_in(client: APIClient, staff: User, door: Door) -> None:
    call_command("revoke_user", "staff")
    assert door.knock(client, "staff", PASSWORD).status_code == door.wrong


def test_it_says_what_was_ended(anna: User, capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(2):
        every_login(anna)
    capsys.readouterr()
    call_command("revoke_user", "anna")
    last = capsys.readouterr().out.splitlines()[-1]
    assert last.startswith("anna is switched off. Ended: 2 API tokens, ")
    assert last.endswith("2 sessions.")
    assert last.count(" 2 ") == len(KINDS)
    call_command("revoke_user", "anna")
    assert capsys.readouterr().out.splitlines()[-1].endswith("Ended: nothing.")


def test_undone_it_logs_in_anew_and_nothing_that_was_ended_comes_back(
    anna: User, capsys: pytest.CaptureFixture[str]
) -> None:
    logins = every_login(anna)
    call_command("revoke_user", "anna")
    call_command("revoke_user", "anna", "--undo")
    assert "may log in again" in capsys.readouterr().out
    assert alive(logins) == set()
    assert alive(every_login(anna)) == set(KINDS)
    call_command("revoke_user", "anna", "--undo")
    assert "was not switched off" in capsys.readouterr().out


def test_it_is_an_event_and_so_is_the_way_back(anna: User, events: Lines) -> None:
    call_command("revoke_user", "anna")
    call_command("revoke_user", "anna", "--undo")
    expected = ["authn_login_lock", "session_ended_all", "authn_login_unlock"]
    assert events.names == expected
    assert {record["account"] for record in events.records} == {str(anna.pk)}


def test_the_admin_does_the_same_by_its_check_box(anna: User, staff: User, events: Lines) -> None:
    logins, browser = every_login(anna), in_session(staff)
    events.lines.clear()
    page = f"/{settings.ADMIN_PATH}/accounts/user/{anna.pk}/change/"
    form = {"username": "anna", "date_joined_0": "2026-01-01", "date_joined_1": "00:00:00"}
    assert browser.post(page, form, format="multipart").status_code == 302
    assert_exactly(events, "authn_login_lock", "session_ended_all", account=anna)
    assert alive(logins) == set()
    events.lines.clear()
    browser.post(page, form | {"is_active": "on"}, format="multipart")
    assert_exactly(events, "authn_login_unlock", account=anna)
    assert alive(logins) == set()


def test_nobody_is_not_an_account(db: None) -> None:
    with pytest.raises(CommandError, match="There is no account 'nobody'"):
        call_command("revoke_user", "nobody")
