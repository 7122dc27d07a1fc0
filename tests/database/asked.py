"""Asks a service for everything it does, in its own process, and writes down PostgreSQL's plans.

Run with the interpreter and the variables of the service, in its folder; the argument names the
file to write: for each request the statements that it sent, each with its plan.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

PLANNED = ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")
PASSWORDS = ("marmalade-on-seven-bicycles", "eleven-umbrellas-in-october")
TOKENS, JWT, NOTES = "/api/v1/auth/tokens/", "/api/v1/auth/jwt/", "/api/v1/notes/"
PURGES = ("purge_tokens", "purge_jwt_logins", "clearsessions")


class Book:
    """The plan of each statement, as PostgreSQL makes it just before it gets the statement."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection
        self.plans: dict[str, list[dict[str, Any]]] = {}
        self.title = ""

    def note(
        self,
        execute: Callable[..., Any],
        sql: str,
        params: Any,
        many: bool,  # noqa: FBT001 - Django's
        context: Any,
    ) -> Any:
        """Be called by Django with each statement and its values."""
        if self.title and sql.lstrip("( ").upper().startswith(PLANNED):
            cursor = self.connection.connection.cursor()  # the driver's: this is not to be noted
            cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", params[0] if many else params)
            plan = cursor.fetchone()[0]
            found = plan if isinstance(plan, list) else json.loads(plan)
            self.plans[self.title].append({"sql": sql, "plan": found[0]["Plan"]})
        return execute(sql, params, many, context)

    def begin(self, title: str) -> None:
        """Name what the next statements are for."""
        self.title = title
        self.plans[title] = []


def caller(book: Book) -> Callable[..., Any]:
    """Return what sends a request as it comes from the proxy, and expects a status."""
    from django.test import Client  # noqa: PLC0415 - needs the settings

    client = Client(HTTP_HOST="api.example.com", HTTP_X_FORWARDED_PROTO="https")

    def ask(method: str, path: str, status: int, login: str = "", **data: str) -> Any:
        kind = login.partition(" ")[0] or ("session" if client.cookies else "nobody")
        book.begin(f"{method} {path.rstrip('0123456789abcdef-/') or path} by {kind}")
        headers = {"HTTP_AUTHORIZATION": login} if login else {}
        body = json.dumps(data) if data else ""
        answer = client.generic(method, path, body, "application/json", secure=True, **headers)
        if answer.status_code != status:
            message = f"{book.title}: {answer.status_code} {answer.content[:300]!r}"
            raise RuntimeError(message)
        return answer.json() if answer.content else None

    return ask


def work(ask: Callable[..., Any], login: str, note: str) -> None:
    """Do with one kind of login what it is for."""
    ask("GET", "/api/v1/me/", 200, login)
    ask("GET", NOTES, 200, login)
    ask("GET", f"{NOTES}?page=2&page_size=10", 200, login)
    ask("GET", f"{NOTES}{note}/", 200, login)
    ask("PATCH", f"{NOTES}{note}/", 200, login, title="Another")
    ask("PUT", f"{NOTES}{note}/", 200, login, title="One more", text="With a text")
    ask("GET", TOKENS, 200, login)


def everything(ask: Callable[..., Any]) -> None:
    """Log in through each door, work, log out."""
    name = {"username": "dave", "password": PASSWORDS[0]}
    made = ask("POST", TOKENS, 201, **name)
    token = f"Token {made['token']}"
    notes = [ask("POST", NOTES, 201, token, title=f"Note {n}")["id"] for n in range(12)]
    other = ask("POST", TOKENS, 201, **name)["id"]
    pair = ask("POST", JWT, 200, **name)
    work(ask, token, notes[0])
    work(ask, f"Bearer {pair['access']}", notes[1])
    ask("DELETE", f"{NOTES}{notes[2]}/", 204, token)
    ask("DELETE", f"{TOKENS}{other}/", 204, token)
    pair = ask("POST", f"{JWT}refresh/", 200, refresh=pair["refresh"])
    ask("POST", f"{JWT}revoke/", 204, refresh=pair["refresh"])
    changed = {"current_password": PASSWORDS[0], "new_password": PASSWORDS[1]}
    ask("POST", "/api/v1/auth/password/", 204, token, **changed)
    ask("DELETE", f"{TOKENS}current/", 204, token)
    name["password"] = PASSWORDS[1]
    ask("DELETE", TOKENS, 204, f"Token {ask('POST', TOKENS, 201, **name)['token']}")
    ask("POST", "/api/v1/auth/session/", 204, **name)
    work(ask, "", notes[3])
    ask("DELETE", "/api/v1/auth/session/", 204)


def main() -> None:
    """Ask, clean up as the scheduler does, delete the account."""
    django.setup()
    from django.contrib.auth import get_user_model  # noqa: PLC0415 - needs the settings
    from django.core.management import call_command  # noqa: PLC0415 - as above
    from django.db import connection  # noqa: PLC0415 - as above

    book = Book(connection)
    with connection.execute_wrapper(book.note):
        everything(caller(book))
        for command in PURGES:
            book.begin(command)
            call_command(command)
        book.begin("an account is deleted")
        get_user_model().objects.get(username="dave").delete()
    Path(sys.argv[1]).write_text(json.dumps(book.plans), "utf-8")


main()
