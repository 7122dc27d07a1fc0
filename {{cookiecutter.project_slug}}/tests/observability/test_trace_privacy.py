"""No value is in a trace: not of a parameter, not of a literal, not of an exception."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from opentelemetry.trace import SpanKind
from redis.exceptions import RedisError
from rest_framework.test import APIClient

from accounts.models import User
from guard.limits.redis_store import RedisStore, StoreLostError
from guard.limits.rules import Rate, Rule
from observability import tracing_middleware
from observability.tracing_middleware import TracingMiddleware
from observability.tracing_statements import described, traced_statement, without_values
from tests.conftest import PASSWORD
from tests.observability.conftest import MakeTraced, Spans
from tokens.services import create_token

CANARY = "canary4711"
SAFE = {
    'SELECT "a" FROM "t" WHERE "c" = %s LIMIT 21': 'SELECT "a" FROM "t" WHERE "c" = %s LIMIT ?',
    "SELECT 'canary4711'": "SELECT ?",
    "SELECT 'it''s canary4711', 1": "SELECT ?, ?",
    "SELECT E'it\\'s canary4711', 1.5e3": "SELECT ?, ?",
    "SELECT $$canary4711$$, $a$ canary4711 $$ $a$": "SELECT ?, ?",
    "SELECT X'00', U&'canary4711', -4711": "SELECT ?, ?, ?",
    "SELECT 1 -- canary4711\nFROM t": "SELECT ?  \nFROM t",
    "/* canary4711 */SELECT t1.x2 FROM t1": " SELECT t1.x2 FROM t1",
    'SELECT "it\'s", "a\'s" FROM "t"': 'SELECT "it\'s", "a\'s" FROM "t"',
}
UNSAFE = [
    "SELECT 'canary4711",
    "SELECT $a$canary4711",
    "SELECT 1 /* canary4711",
    'SELECT "canary4711',
    "",
]


@pytest.mark.parametrize(("sql", "text"), SAFE.items())
def test_literals_and_comments_are_taken_out_of_a_statement(sql: str, text: str) -> None:
    assert without_values(sql) == text


@pytest.mark.parametrize("sql", UNSAFE)
def test_a_statement_that_cannot_be_read_is_only_its_verb(sql: str) -> None:
    name, attributes = described(sql)
    assert name in {"SELECT", "SQL"}
    assert attributes == {"db.operation.name": name}


def test_parameters_and_what_the_database_answers_are_not_told(
    make_traced: MakeTraced, db: None, spans: Spans
) -> None:
    make_traced()
    tracer = tracing_middleware.TRACER
    with (
        tracer.start_as_current_span("request", kind=SpanKind.SERVER),
        connection.execute_wrapper(traced_statement),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT %s", [CANARY])
        with pytest.raises(DatabaseError, match="canary"), transaction.atomic():
            cursor.execute('SELECT * FROM "canary_nowhere" WHERE x = %s', [CANARY])
    failed = next(span for span in spans.steps if span.name == "SELECT canary_nowhere")
    assert failed.status.status_code.name == "ERROR"
    assert failed.status.description is None
    assert not failed.events
    assert CANARY not in spans.written()


def test_what_no_middleware_has_turned_into_an_answer_is_not_told_either(
    make_traced: MakeTraced, rf: RequestFactory, db: None, spans: Spans
) -> None:
    make_traced()

    def broken(request: HttpRequest) -> HttpResponse:
        raise RuntimeError(CANARY)

    with pytest.raises(RuntimeError):
        TracingMiddleware(broken)(rf.get("/"))
    assert not spans.request.events
    assert CANARY not in spans.written()


def test_redis_is_a_step_without_the_names_of_what_is_counted(
    make_traced: MakeTraced, spans: Spans, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_traced()
    rule = Rule("anon", CANARY, Rate(5, 60))
    store = RedisStore("redis://:hunter2@127.0.0.1:1/0", 0.1)
    monkeypatch.setattr(store.connections, "ask", lambda *_: [1, 0, 0])
    with tracing_middleware.TRACER.start_as_current_span("request", kind=SpanKind.SERVER):
        store.take([rule])

        def lost(*_: object) -> None:
            raise RedisError(CANARY)

        monkeypatch.setattr(store.connections, "ask", lost)
        with pytest.raises(StoreLostError):
            store.take([rule])
    answered, failed = spans.steps
    assert answered.name == failed.name == "redis take"
    assert answered.status.status_code.name == "UNSET"
    assert failed.status.status_code.name == "ERROR"
    assert failed.attributes == {"db.system.name": "redis", "error.type": "StoreLostError"}
    assert CANARY not in spans.written()
    assert "hunter2" not in spans.written()


def test_nothing_of_a_caller_is_in_its_trace(traced: APIClient, anna: User, spans: Spans) -> None:
    _, token = create_token(anna, CANARY)
    names = ("HTTP_USER_AGENT", "HTTP_X_REQUEST_ID", "HTTP_COOKIE", "HTTP_X_KEY", "HTTP_REFERER")
    traced.defaults |= dict.fromkeys(names, f"a={CANARY}") | {"REMOTE_ADDR": "203.0.113.77"}
    credentials = {"username": "anna", "password": PASSWORD, "name": CANARY}
    made = traced.post(f"/api/v1/auth/tokens/?x={CANARY}", credentials)
    assert made.status_code == 201
    traced.post("/api/v1/auth/tokens/", credentials | {"password": CANARY})
    traced.get(f"/api/v1/me/?token={CANARY}", HTTP_AUTHORIZATION=f"Token {token}")
    traced.get(f"/{CANARY}/", HTTP_AUTHORIZATION=f"Token {CANARY}")
    assert len(spans.requests) == 4
    assert len(spans.steps) > 5
    secrets = [CANARY, "anna", PASSWORD, token, made.json()["token"], "203.0.113.77"]
    assert [secret for secret in secrets if secret in spans.written()] == []
