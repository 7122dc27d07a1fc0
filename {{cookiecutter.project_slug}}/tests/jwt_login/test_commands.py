# option: jwt
"""The commands: make a key, show its public half, remove ended logins."""

from datetime import timedelta
from io import StringIO

from django.core.management import call_command
from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from jwt_login import keys, services
from jwt_login.models import JwtLogin
from tests.jwt_login import calls


def run(*words: str) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command(*words, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_make_jwt_key_prints_a_line_for_the_environment_and_its_key_id() -> None:
    first, private, _, public = run("make_jwt_key")[0].splitlines()
    text = keys.read_private_key(private.removeprefix("JWT_PRIVATE_KEY="))
    key = keys.private_key(text).public_key()
    assert first == f"# key id {keys.key_id(key)}"
    assert keys.read_public_keys(public.removeprefix("# ")) == [keys.public_text(key)]


def test_make_jwt_key_prints_nothing_but_the_pem_for_a_file() -> None:
    out, err = run("make_jwt_key", "--multiline")
    assert out.startswith("-----BEGIN PRIVATE KEY-----\n")
    assert out.endswith("-----END PRIVATE KEY-----\n")
    assert keys.key_id(keys.private_key(out).public_key()) in err


def test_make_jwt_key_makes_another_key_each_time() -> None:
    assert run("make_jwt_key")[0] != run("make_jwt_key")[0]


def test_show_jwt_key_shows_the_public_half_and_nothing_secret(settings: Settings) -> None:
    shown = run("show_jwt_key")[0]
    signing = keys.private_key(settings.JWT_PRIVATE_KEY).public_key()
    assert keys.key_id(signing) in shown
    assert keys.read_public_keys(shown.splitlines()[1]) == [keys.public_text(signing)]
    assert "PRIVATE" not in shown


def test_purge_removes_the_logins_that_are_over_for_good_and_no_others(user: User) -> None:
    live, revoked, ended = (services.start(user) for _ in range(3))
    rows = list(JwtLogin.objects.order_by("created_at"))
    services.revoke(rows[1])
    JwtLogin.objects.filter(pk=rows[2].pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    assert run("purge_jwt_logins")[0] == "1 ended JWT logins removed\n"
    assert set(JwtLogin.objects.values_list("pk", flat=True)) == {rows[0].pk, rows[1].pk}
    assert calls.call(live.access).status_code == 200
    assert calls.call(revoked.access).status_code == 401
    assert calls.call(ended.access).status_code == 401
