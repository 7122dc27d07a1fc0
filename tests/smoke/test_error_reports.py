"""Errors of the production server reach a Sentry without anything of who met them."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from tests.servers.process import free_port
from tests.smoke.conftest import Deployment
from tests.smoke.receivers import hanging, keeping
from tests.smoke.service import PASSWORD
from tests.smoke.test_api_tokens import log_in

CANARY = "canary4711"
MORE_THAN_A_QUEUE = 110  # of reports, and of spans as it is set here
STOP_SECONDS = 20  # the senders give up after 2 and 3; the server kills a worker after 25
Host = Callable[[], AbstractContextManager[int]]
# A service with a fault: it raises all that a careless line could put into an exception.
FAULTY = {
    "faulty_settings.py": """
from config.settings.production import *
ROOT_URLCONF = "faulty_urls"
""",
    "faulty_urls.py": """
import os
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from config.urls import *

class FaultError(Exception):
    pass

@csrf_exempt
def broken(request, word):
    everything = f"{request.META} {request.body} {dict(os.environ)} {word} {request.GET}"
    try:
        raise KeyError(everything)
    except KeyError as error:
        raise FaultError(everything, request) from error

urlpatterns += [path("api/broken/<word>/", broken)]
""",
}


@pytest.fixture(scope="module")
def faulty(deployment: Deployment) -> Deployment:
    """Give the service a route that fails."""
    for name, text in FAULTY.items():
        (deployment.project / name).write_text(text)
    variables = deployment.variables | {"DJANGO_SETTINGS_MODULE": "faulty_settings"}
    return Deployment(deployment.installed, deployment.project, variables)


def test_a_report_names_the_places_in_the_code_and_nothing_else(
    faulty: Deployment, tmp_path: Path, redis_url: str
) -> None:
    assert redis_url
    with keeping() as sentry:
        dsn = f"http://public@127.0.0.1:{sentry.port}/42"
        with faulty.running(tmp_path, SENTRY_DSN=dsn, SENTRY_RELEASE="1.2.3") as service:
            login = log_in(service.client, "alice")
            headers = {"X-Key": CANARY, "Cookie": f"a={CANARY}", "User-Agent": CANARY} | login
            note = {"title": CANARY, "password": PASSWORD, "email": "anna@example.com"}
            answer = service.client.post(f"/api/broken/{CANARY}/?token={CANARY}", note, headers)
            assert answer.is_problem(500)
            assert service.client.get("/nowhere/").status == 404
            assert service.client.get("/api/v1/me/").status == 401
            sentry.wait_for(b"FaultError")
            assert PASSWORD in service.output(), "what must not be sent was there to be sent"
    (envelope,) = [body for _, _, body in sentry.posted]
    report = json.loads(envelope.splitlines()[-1])
    assert report["transaction"] == "POST /api/broken/<word>/"
    assert report["release"] == "1.2.3"
    assert report["tags"] == {"request_id": answer.json["request_id"]}
    raised = report["exception"]["values"]
    assert [one["type"] for one in raised] == ["KeyError", "FaultError"]
    assert raised[-1]["stacktrace"]["frames"][-1]["filename"] == "faulty_urls.py"
    variables = faulty.variables
    hidden = [CANARY, PASSWORD, login["Authorization"].split()[1], "alice", "anna@"]
    hidden += [variables["SECRET_KEY"], variables["JWT_PRIVATE_KEY"][40:90], "postgresql://"]
    hidden += [variables["DATABASE_URL"], variables["REDIS_URL"], "api.example.com", "PATH"]
    hidden += [str(faulty.project), str(faulty.installed.folder)]
    told = sentry.bodies().decode()
    assert [text for text in hidden if text in told] == []
    heads = sentry.everything().decode().removesuffix(told)
    assert [text for text in hidden if text in heads] == []


@contextmanager
def nobody() -> Iterator[int]:
    """Yield a port that nothing listens on."""
    yield free_port()


@pytest.mark.parametrize("receiver", [hanging, nobody])
def test_receivers_that_hang_or_are_gone_hold_up_neither_requests_nor_the_stop(
    faulty: Deployment, tmp_path: Path, redis_url: str, receiver: Host
) -> None:
    assert redis_url
    with receiver() as port:
        variables = {
            "OTEL_BSP_MAX_EXPORT_BATCH_SIZE": "8",
            "OTEL_BSP_MAX_QUEUE_SIZE": "16",
            "OTEL_BSP_SCHEDULE_DELAY": "100",
            "OTEL_EXPORTER_OTLP_ENDPOINT": f"http://127.0.0.1:{port}",
            "SENTRY_DSN": f"http://public@127.0.0.1:{port}/42",
            "THROTTLE_ANON": "1000/minute",
            "WORKERS": "1",
        }
        with faulty.running(tmp_path, **variables) as service:
            for _ in range(MORE_THAN_A_QUEUE):
                assert service.client.get(f"/api/broken/{CANARY}/").is_problem(500)
            assert service.client.get("/readyz").status == 200
            stopping = time.monotonic()
        assert time.monotonic() - stopping < STOP_SECONDS
