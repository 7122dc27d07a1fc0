"""Forms on other sites: a browser sends them without asking, and the service refuses them."""

from __future__ import annotations

import psycopg
import pytest

from tests.browser.watched import API, Watched
from tests.credentials.accounts import SESSION
from tests.credentials.deployment import Deployment
from tests.matrix.production import ALLOWED_ORIGIN
from tests.smoke.service import PASSWORD

NOTES = "/api/v1/notes/"
SITES = ["https://evil.example.net", ALLOWED_ORIGIN]
Form = tuple[str, dict[str, str]]  # the encoding and the fields
FIELDS, TEXT = "application/x-www-form-urlencoded", "text/plain"
# As a form of fields, and as text that reads as JSON.
LOGIN = {"username": "alice", "password": PASSWORD}
LOGIN_AS_TEXT = {f'{{"username":"alice","password":"{PASSWORD}","x":"': '"}'}
NOTE = {"title": "from elsewhere"}
NOTE_AS_TEXT = {'{"title":"from elsewhere","text":"': '"}'}
SEND = """
([action, enctype, fields]) => {
  const form = Object.assign(document.createElement("form"), {action, enctype, method: "post"});
  for (const [name, value] of Object.entries(fields)) {
    form.append(Object.assign(document.createElement("input"), {name, value}));
  }
  document.body.append(form);
  form.submit();
}
"""


def send(watched: Watched, path: str, form: Form) -> int:
    """Send a form from the page that is open; return the status of the answer."""
    with watched.page.expect_response(API + path) as caught:
        watched.page.evaluate(SEND, [API + path, *form])
    return caught.value.status


def notes(deployed: Deployment) -> int:
    with psycopg.connect(deployed.database_url) as connection:
        (row,) = connection.execute("SELECT count(*) FROM notes_note").fetchall()
        return int(row[0])


@pytest.mark.parametrize("site", SITES)
@pytest.mark.parametrize("form", [(FIELDS, LOGIN), (TEXT, LOGIN_AS_TEXT)], ids=[FIELDS, TEXT])
def test_a_form_elsewhere_logs_nobody_in(watched: Watched, site: str, form: Form) -> None:
    watched.open(site)
    assert send(watched, SESSION, form) == 403
    assert watched.context.cookies() == []


# From another site the cookie does not come along; from the same site it does, and is not enough.
@pytest.mark.parametrize(("site", "status"), list(zip(SITES, [401, 403], strict=True)))
@pytest.mark.parametrize("form", [(FIELDS, NOTE), (TEXT, NOTE_AS_TEXT)], ids=[FIELDS, TEXT])
def test_a_form_elsewhere_writes_nothing_for_who_is_logged_in(
    watched: Watched, deployed: Deployment, site: str, status: int, form: Form
) -> None:
    watched.log_in("staff")
    before = notes(deployed)
    watched.open(site)
    assert send(watched, NOTES, form) == status
    assert notes(deployed) == before
