"""A session id is a credential: the database has only its digest."""

from django.conf import settings
from django.contrib.sessions.models import Session
from rest_framework.test import APIClient

from accounts.models import User
from accounts.sessions import SessionStore
from tests.accounts.logins import in_session
from tests.conftest import ME


def test_no_row_holds_the_id_of_a_session(anna: User) -> None:
    client = in_session(anna)
    assert client.get(ME).status_code == 200
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    (stored,) = Session.objects.all()
    assert cookie not in str(vars(stored))


def test_what_is_stored_opens_no_session(anna: User) -> None:
    in_session(anna)
    client = APIClient()
    client.cookies[settings.SESSION_COOKIE_NAME] = Session.objects.get().session_key
    assert client.get(ME).status_code == 401


def test_a_session_is_saved_found_renamed_and_deleted(db: None) -> None:
    session = SessionStore()
    session["colour"] = "green"
    session.save()
    assert SessionStore(session.session_key)["colour"] == "green"
    first = session.session_key
    session.cycle_key()
    assert session.session_key != first
    assert SessionStore(first).load() == {}
    assert SessionStore(session.session_key)["colour"] == "green"
    session.delete()
    assert Session.objects.count() == 0


def test_an_id_that_is_not_ours_is_never_taken_over(db: None) -> None:
    planted = SessionStore("planted-by-a-stranger")
    planted["colour"] = "green"
    planted.save()
    assert planted.session_key != "planted-by-a-stranger"
