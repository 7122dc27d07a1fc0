"""`manage.py end_sessions`: logs out one account or all, from everything."""

import pytest
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command

from accounts.models import User
from tests.accounts.logins import alive, every_login


def test_one_account_is_logged_out_of_everything(anna: User, berta: User) -> None:
    annas, bertas = every_login(anna), every_login(berta)
    call_command("end_sessions", "anna")
    assert alive(annas) == set()
    assert alive(bertas) == set(bertas)


def test_all_accounts_are_logged_out(
    anna: User, berta: User, capsys: pytest.CaptureFixture[str]
) -> None:
    annas, bertas = every_login(anna), every_login(berta)
    call_command("end_sessions", "--all")
    assert alive(annas) == alive(bertas) == set()
    assert not Session.objects.exists()
    assert "2 account(s)" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [["nobody"], [], ["anna", "--all"]], ids=str)
def test_a_wrong_call_ends_nothing_and_says_so(anna: User, arguments: list[str]) -> None:
    logins = every_login(anna)
    with pytest.raises(CommandError):
        call_command("end_sessions", *arguments)
    assert alive(logins) == set(logins)
