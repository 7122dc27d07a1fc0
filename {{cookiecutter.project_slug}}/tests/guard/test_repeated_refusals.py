"""The same request is refused again at once, for a second at most, and nothing else is."""

import time
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

import pytest

from guard import repeated_refusals
from guard.limits import counters
from guard.limits.process_store import ProcessStore
from guard.repeated_refusals import LARGEST, LONGEST, RepeatedRefusals
from tests.conftest import ME, SetRates
from tests.guard.asgi import SCOPE
from tests.guard.refused import Caller
from tests.lines import Lines


@pytest.fixture
def caller(db: None, set_rates: SetRates, settings: Any) -> Iterator[Caller]:
    """Return one whose network has used up its limit, and that was refused once."""
    settings.BEHIND_TLS_PROXY, settings.TRUSTED_PROXY_COUNT = True, 1
    set_rates(anon="1/hour")
    one = Caller()
    assert [one.get()[0] for _ in range(2)] == [401, 429]
    assert one.service.asked == 2
    yield one
    one.gateway.threads.shutdown()


def test_the_same_request_is_refused_without_the_service(caller: Caller) -> None:
    first, again = caller.get(), caller.get()
    assert caller.service.asked == 2
    for status, headers, body in (first, again):
        assert (status, body["status"], body["code"]) == (429, 429, "throttled")
        assert headers[b"content-type"] == b"application/problem+json"
        assert 3500 < int(headers[b"retry-after"]) <= 3600
        assert headers[b"x-request-id"].decode() == body["request_id"]
    assert first[2]["request_id"] != again[2]["request_id"]
    unlike = {b"x-request-id", b"content-length"}
    told = [{n: v for n, v in found[1].items() if n not in unlike} for found in (first, again)]
    assert told[0] == told[1]


def test_each_has_a_line_and_an_event_with_the_id_that_was_answered(
    caller: Caller, events: Lines, log: Lines
) -> None:
    answered = caller.get()[2]["request_id"]
    (event,) = events.named("excess_rate_limit_exceeded")
    (line,) = (line for line in log.records if line["message"] == "request")
    about = {"request_id": answered, "method": "GET", "path": ME, "address": "192.0.2.1"}
    assert about.items() <= event.items()
    assert about.items() <= line.items()
    assert (event["scope"], line["status"], line["route"]) == ("anon", 429, None)


def test_an_id_of_the_callers_own_is_taken_over(caller: Caller) -> None:
    given = (b"x-request-id", b"of-a-proxy-1")
    status, headers, body = caller.get(headers=(given,))
    assert (status, body["request_id"], headers[given[0]]) == (429, "of-a-proxy-1", given[1])
    assert caller.service.asked == 2


@pytest.mark.parametrize(
    "other",
    [
        {"method": "HEAD"},
        {"path": "/api/v1/me"},
        {"query_string": b"a=1"},
        {"scheme": "https"},
        {"client": ("192.0.2.2", 1234)},
        {"headers": ((b"authorization", b"Token apitoken_" + 43 * b"x"),)},
        {"headers": ((b"cookie", b"a=1"),)},
        {"headers": ((b"origin", b"https://app.example.com"),)},
        {"headers": ((b"x-forwarded-for", b"198.51.100.1"),)},
        {"headers": ((b"host", b"testserver"),)},
        {"method": "POST", "body": b"{}"},
        {"body": b"{}"},
    ],
    ids=lambda other: "-".join(f"{key} {value}" for key, value in other.items())[:40],
)
def test_whatever_else_is_asked_is_decided_anew(other: dict[str, Any], caller: Caller) -> None:
    caller.get(**other)
    assert caller.service.asked == 3


def test_a_body_is_never_remembered(caller: Caller) -> None:
    for _ in range(2):
        assert caller.get(body=b"{}", method="POST")[0] == 429
    assert caller.service.asked == 4


def test_only_a_limit_is_remembered(caller: Caller, set_rates: SetRates) -> None:
    set_rates(anon="9/hour")
    assert [caller.get(client=("198.51.100.9", 1))[0] for _ in range(3)] == [401] * 3
    assert caller.service.asked == 5


@pytest.mark.parametrize(("wait", "longest"), [(3600, 1.0), (0.2, 0.2)])
def test_it_is_over_after_a_second_or_the_wait_if_that_is_shorter(
    wait: float, longest: float, caller: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    (refusal,) = caller.gateway.refusals.known.values()
    limited, refusals = refusal.limited._replace(seconds=wait), RepeatedRefusals()
    now = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: now)
    refusals.note(SCOPE, [], limited, refusal.answer)
    assert refusals.find(SCOPE, [])
    monkeypatch.setattr(time, "monotonic", lambda: now + longest - 0.001)
    assert refusals.find(SCOPE, [])
    monkeypatch.setattr(time, "monotonic", lambda: now + longest)
    assert not refusals.find(SCOPE, [])


def test_counters_that_were_cleared_are_asked_after_a_second(
    caller: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = ProcessStore()
    monkeypatch.setattr(counters, "shared_store", lambda **_: store)
    assert caller.get()[0] == HTTPStatus.TOO_MANY_REQUESTS
    later = time.monotonic() + LONGEST
    monkeypatch.setattr(time, "monotonic", lambda: later)
    assert caller.get()[0] == HTTPStatus.UNAUTHORIZED


def test_so_many_are_remembered_and_no_large_ones(
    caller: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(repeated_refusals, "MOST", 2)
    for number in range(4):
        assert caller.get(query_string=str(number).encode())[0] == 429
    assert len(caller.gateway.refusals.known) == 2
    caller.get(query_string=b"3")
    caller.get(query_string=b"0")
    assert caller.service.asked == 2 + 4 + 1
    before = set(caller.gateway.refusals.known)
    assert caller.get(headers=((b"x-large", LARGEST * b"x"),))[0] == 429
    assert caller.get(query_string=LARGEST * b"x")[0] == 429
    assert caller.get("/" + LARGEST * "x")[0] == 429
    assert set(caller.gateway.refusals.known) == before


def test_a_process_that_ends_says_so_once_here_too(caller: Caller) -> None:
    caller.closing.begun = True
    assert caller.get()[1][b"connection"] == b"close"
    assert caller.service.asked == 2
    for _ in range(2):
        assert caller.get(query_string=b"anew")[0] == 429
    assert caller.service.asked == 4
