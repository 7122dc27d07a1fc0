"""What the server hands over reaches Django whole, and told truly."""

import asyncio
from typing import Any

import pytest
from rest_framework.test import APIClient

from guard.closing import Closing
from guard.gateway import Gateway
from tests.conftest import ME
from tests.guard.asgi import Application, Client, Whole
from tests.lines import Lines

SIZE = 10


def gateway(application: Application, seconds: float = 5) -> Gateway:
    return Gateway(application, Closing(None), threads=1, size=SIZE, seconds=seconds)


def talk(application: Application, client: Client, seconds: float = 5) -> tuple[int, bytes]:
    asyncio.run(client.speak_to(gateway(application, seconds)))
    return client.answer


@pytest.mark.parametrize("kind", [Application, Whole])
def test_a_request_and_its_answer_pass(kind: type[Application]) -> None:
    application, client = kind(), Client(b"ab", b"c").complete()
    assert talk(application, client) == (200, b"<abc")
    assert client.sent[0]["headers"] == [(b"x-one", b"1")]
    assert application.closed
    environ = application.seen[0]
    expected = {"PATH_INFO": "/Ã©", "QUERY_STRING": "a=1", "REMOTE_ADDR": "192.0.2.1"}
    assert expected.items() <= environ.items()
    assert environ["CONTENT_LENGTH"] == "3"


@pytest.mark.parametrize("first", [0, 1])
def test_a_header_cannot_stand_in_for_another_by_its_spelling(first: int) -> None:
    headers = [(b"x-forwarded-for", b"192.0.2.9"), (b"x_forwarded_for", b"203.0.113.6")]
    client = Client(headers=(headers[first], headers[1 - first])).complete()
    application = Whole()
    talk(application, client)
    assert application.seen[0]["HTTP_X_FORWARDED_FOR"] == "192.0.2.9"


def test_a_header_that_comes_twice_is_one_list() -> None:
    twice = ((b"accept", b"a"), (b"accept", b"b"), (b"cookie", b"c=1"), (b"cookie", b"d=2"))
    application = Whole()
    talk(application, Client(headers=twice).complete())
    assert application.seen[0]["HTTP_ACCEPT"] == "a,b"
    assert application.seen[0]["HTTP_COOKIE"] == "c=1; d=2"


def test_the_environment_of_the_process_is_not_told() -> None:
    application = Whole()
    talk(application, Client().complete())
    assert "PATH" not in application.seen[0]


def test_a_body_that_is_under_way_holds_no_thread() -> None:
    application = Whole()

    async def both() -> None:
        only_thread = gateway(application)
        slow, quick = Client(b"a"), Client(b"b").complete()
        waiting = asyncio.create_task(slow.speak_to(only_thread))
        await asyncio.sleep(0)
        await asyncio.wait_for(quick.speak_to(only_thread), 5)
        assert quick.answer == (200, b"<b")
        assert not slow.sent
        waiting.cancel()

    asyncio.run(both())


@pytest.mark.parametrize(
    ("client", "status"), [(Client(b"a"), 408), (Client(b"a").gone(), 400)], ids=["late", "gone"]
)
def test_a_body_that_does_not_come_is_refused_and_never_read(client: Client, status: int) -> None:
    application = Whole()
    assert talk(application, client, seconds=0.05) == (200, b"<")
    (environ,) = application.seen
    assert environ["gateway.refused"] == status


def test_a_body_that_came_is_not_refused() -> None:
    application = Whole()
    talk(application, Client(b"a", headers=((b"gateway.refused", b"408"),)).complete())
    assert "gateway.refused" not in application.seen[0]


@pytest.mark.django_db
@pytest.mark.parametrize("status", [400, 408])
def test_a_refused_body_is_a_problem_like_any_other(
    client: APIClient, status: int, log: Lines
) -> None:
    refused: dict[str, Any] = {"gateway.refused": status}
    answer = client.post(ME, **refused)
    assert answer.status_code == answer.json()["status"] == status
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["request_id"] == answer["X-Request-ID"]
    (line,) = [record for record in log.records if record.get("status") == status]
    assert line["path"] == ME
