"""Switching an account off ends its access at once, and on again does not bring it back."""

import pytest
from django.conf import settings

from accounts.models import User
from tests.accounts.logins import alive, every_login, in_session
from tokens.models import ApiToken


@pytest.mark.parametrize("how", ["save", "update"])
def test_a_switched_off_account_is_out_of_everything_at_once(anna: User, how: str) -> None:
    logins = every_login(anna)
    if how == "update":  # past the model: the credentials stay, and are refused
        User.objects.update(is_active=False)
    else:
        anna.is_active = False
        anna.save()
    assert alive(logins) == set()


def test_switched_on_again_it_must_log_in_anew(anna: User) -> None:
    logins = every_login(anna)
    for is_active in (False, True):
        anna.is_active = is_active
        anna.save()
    assert alive(logins) == set()
    assert not ApiToken.objects.exists()


def test_a_deleted_account_leaves_no_login_behind(anna: User) -> None:
    logins = every_login(anna)
    anna.delete()
    assert alive(logins) == set()


def test_saving_something_else_ends_nothing(anna: User) -> None:
    logins = every_login(anna)
    anna.email = "anna@example.com"
    anna.save()
    assert alive(logins) == set(logins)


def test_the_admin_revokes_a_token_by_deleting_it(anna: User, staff: User) -> None:
    logins, admin = every_login(anna), in_session(staff)
    url = f"/{settings.ADMIN_PATH}/tokens/apitoken/{ApiToken.objects.get().pk}/delete/"
    assert admin.post(url, {"post": "yes"}, format="multipart").status_code == 302
    assert alive(logins) == set(logins) - {"api token"}
