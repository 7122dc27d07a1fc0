"""The read-only mode of the page, on a database that takes no writes at all."""

from __future__ import annotations

from tests.credentials.accounts import JWT, SESSION, TOKENS, credentials, csrf
from tests.credentials.caller import Caller
from tests.credentials.ledger import Ledger
from tests.operations.load import alive, logins
from tests.operations.machine import Machine
from tests.operations.page import blocks, paste

SETTING = "default_transaction_read_only"
WRITES = (("POST", "/api/v1/notes/"), ("POST", TOKENS), ("POST", JWT), ("POST", "/admin/login/"))
PAGES = ("/admin/", "/admin/accounts/user/", "/admin/tokens/apitoken/", "/api/docs/", "/readyz")


def test_everything_is_read_and_nothing_is_written(machine: Machine) -> None:
    project, docker = machine.project, machine.log.parent
    caller, held = Caller(machine.client.port, Ledger()), logins(machine.client, "staff")
    switch, close = blocks(project, "Read-only mode")
    # Before it a key is changed, so that sessions are due to be signed anew.
    paste(project, docker, "deploy/rotate.sh secret_key")
    paste(project, docker, close)
    paste(project, docker, switch)
    try:
        for _ in range(2):
            assert alive(caller, held) == set(held)
        for page in PAGES:
            assert caller.get(page, held["session"]).status == 200, page
        for method, path in WRITES:
            answer = caller.request(method, path, credentials("alice"), held["token"])
            assert answer.is_problem(503)
            assert answer.json["code"] == "read_only"
        # Allowed, and the database refuses: said, not a fault.
        answer = caller.request("DELETE", f"{TOKENS}current/", headers=held["token"])
        assert answer.json["code"] == "read_only"
    finally:
        paste(project, docker, close.replace(f"SET {SETTING} = on", f"RESET {SETTING}"))
    log = machine.log.read_text("utf-8")
    # One line: of the token that could not be revoked.
    assert log.count('"database is read-only"') == 1
    assert '"status": 500' not in log
    paste(project, docker, "deploy/rotate.sh secret_key end\ncompose up -d")
    assert caller.post(SESSION, credentials("alice"), csrf(caller)).status == 204
    # The session could not be signed anew meanwhile.
    assert alive(caller, held) == {"token", "jwt"}
