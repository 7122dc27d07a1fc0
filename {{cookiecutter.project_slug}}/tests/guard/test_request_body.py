"""A body that is too large is not kept, and its sender can read that."""

import pytest

from guard import request_body
from tests.guard.asgi import Application, Client, Whole
from tests.guard.test_gateway import talk

STATED = ((b"content-length", b"11"),)


@pytest.fixture(autouse=True)
def _nobody_is_awaited_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(request_body, "LINGER", 0.1)
    monkeypatch.setattr(request_body, "DISCARDED", 20)


def refused(client: Client) -> None:
    application: Application = Whole()
    assert talk(application, client) == (200, b"<")
    assert application.seen[0]["CONTENT_LENGTH"] == "11"  # which Django refuses
    assert (b"connection", b"close") in client.sent[0]["headers"]


def test_no_body_is_awaited_where_none_is_announced() -> None:
    application = Whole()
    assert talk(application, Client(), seconds=0.1) == (200, b"<")
    assert "gateway.refused" not in application.seen[0]


@pytest.mark.parametrize(
    "client",
    [Client(b"12345678901", headers=STATED), Client(b"1234567890", b"1")],
    ids=["stated", "counted"],
)
def test_a_body_that_is_too_large_is_awaited_but_not_kept(client: Client) -> None:
    refused(client.complete())
    assert not client.messages


@pytest.mark.parametrize(
    "client",
    [Client(b"1", headers=STATED), Client(b"1234567890", b"1")],
    ids=["stated", "counted"],
)
def test_nobody_is_awaited_for_ever(client: Client) -> None:
    refused(client)


def test_a_sender_who_waits_for_leave_is_refused_before_it_sends() -> None:
    client = Client(b"12345678901", headers=(*STATED, (b"expect", b"100-continue")))
    refused(client)
    assert client.messages


def test_nothing_is_read_of_a_body_that_nobody_honest_sends() -> None:
    client = Client(b"1", headers=((b"content-length", b"21"),))
    application = Whole()
    talk(application, client)
    assert client.messages


def test_reading_on_ends_at_a_bound() -> None:
    for headers in ((), STATED):
        client = Client(*[b"1234567890"] * 9, headers=headers)
        talk(Whole(), client)
        assert len(client.messages) >= 5


def test_a_sender_that_goes_while_it_is_read_on_is_no_error_of_ours() -> None:
    application = Whole()
    talk(application, Client(b"1", headers=STATED).gone())
    assert application.seen[0]["gateway.refused"] == 400
