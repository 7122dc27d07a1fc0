"""`manage.py find_token`: whose a leaked token is, without showing it to anybody else."""

import io

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from jwt_login.services import start  # option: jwt
from tests.accounts.logins import bearing
from tests.conftest import ME
from tests.lines import Lines
from tokens.services import create_token

Captured = pytest.CaptureFixture[str]
Patch = pytest.MonkeyPatch


def find(monkeypatch: Patch, text: str, *arguments: str) -> None:
    """Run the command on a text."""
    monkeypatch.setattr("sys.stdin", io.StringIO(text))
    call_command("find_token", *arguments)


def test_it_names_the_owner_and_not_the_token(
    anna: User, berta: User, monkeypatch: Patch, capsys: Captured
) -> None:
    token, text = create_token(anna, "laptop")
    create_token(berta, "phone")
    find(monkeypatch, f'diff --git a/x b/x\n+TOKEN="{text}" # of anna?\n')
    printed = capsys.readouterr().out
    assert f"API token 'laptop' of anna (account {anna.pk}), id {token.pk}" in printed
    assert "never used" in printed
    assert "berta" not in printed
    assert text not in printed


def test_it_ends_what_it_finds_when_it_is_told_to(
    anna: User, monkeypatch: Patch, events: Lines
) -> None:
    _, text = create_token(anna, "laptop")
    _, other = create_token(anna, "phone")
    find(monkeypatch, text)
    assert bearing(f"Token {text}").get(ME).status_code == 200
    find(monkeypatch, text, "--revoke")
    assert bearing(f"Token {text}").get(ME).status_code == 401
    assert bearing(f"Token {other}").get(ME).status_code == 200
    (event,) = events.named("authn_token_revoked")
    assert (event["account"], event["reason"]) == (str(anna.pk), "leaked")


def test_a_token_that_is_not_there_is_said_to_be_so(anna: User, monkeypatch: Patch) -> None:
    _, text = create_token(anna, "laptop")
    for unknown in ("", "apitoken_", text[:-1] + ("A" if text[-1] != "A" else "B")):
        with pytest.raises(CommandError, match="Nothing in it is a token") as error:
            find(monkeypatch, unknown)
        assert text[:-1] not in str(error.value)


def test_a_terminal_does_not_show_what_is_pasted(
    anna: User, monkeypatch: Patch, capsys: Captured
) -> None:
    _, text = create_token(anna, "laptop")
    terminal = io.StringIO()
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    monkeypatch.setattr("getpass.getpass", lambda prompt: text if prompt == "Token: " else "")
    monkeypatch.setattr("sys.stdin", terminal)
    call_command("find_token")
    assert "of anna" in capsys.readouterr().out


# option: jwt
def test_it_knows_both_kinds_of_jwt_as_one_login(
    anna: User, monkeypatch: Patch, capsys: Captured, events: Lines
) -> None:
    pair = start(anna)
    find(monkeypatch, f"{pair.access}\n{pair.refresh}", "--revoke")
    printed = capsys.readouterr().out
    assert printed.count(f"of anna (account {anna.pk})") == 1
    assert pair.access not in printed
    assert len(events.named("authn_token_revoked")) == 1
    assert bearing(f"Bearer {pair.access}").get(ME).status_code == 401


def test_a_forged_jwt_points_at_nobody(anna: User, monkeypatch: Patch) -> None:
    head, body, signature = start(anna).access.split(".")
    other = start(anna).access.rpartition(".")[2]
    for forged in (f"{head}.{body}.{other}", f"eyJhIjoxfQ.{body}.{signature}"):
        with pytest.raises(CommandError):
            find(monkeypatch, forged, "--revoke")


# end option
