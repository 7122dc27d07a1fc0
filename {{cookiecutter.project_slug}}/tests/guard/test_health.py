"""Probes: answered without TLS, for any Host, without limits; they tell the public nothing."""

from typing import Any

import pytest
from django.db import OperationalError
from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient

from tests.conftest import SetRates
from tests.lines import Lines

PROBES = [("/livez", "alive"), ("/readyz", "ready")]
DSN = "connection to postgresql://user:hunter2@db.internal failed"


def fail(*_: Any, **__: Any) -> None:
    raise OperationalError(DSN)


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "status"), PROBES)
@pytest.mark.parametrize("host", ["testserver", "10.1.2.3:8000", "evil.test", "", "\xff"])
def test_a_probe_needs_neither_tls_nor_a_known_host(
    http: APIClient, path: str, status: str, host: str
) -> None:
    answer = http.get(path, HTTP_HOST=host)
    assert (answer.status_code, answer.json()) == (200, {"status": status})


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "status"), PROBES)
def test_probes_are_never_limited_nor_logged(
    client: APIClient, set_rates: SetRates, path: str, status: str, log: Lines
) -> None:
    set_rates(anon="1/hour")
    assert {client.get(path).status_code for _ in range(5)} == {200}
    assert not log.lines


@pytest.mark.parametrize("broken", ["django.db.connection.cursor", "django.core.cache.cache.get"])
@pytest.mark.django_db
def test_a_lost_dependency_is_a_503_that_tells_nothing(
    client: APIClient, monkeypatch: pytest.MonkeyPatch, broken: str, log: Lines
) -> None:
    monkeypatch.setattr(broken, fail)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (503, {"status": "not ready"})
    assert "hunter2" not in str(answer.headers)
    assert "not ready" in [record["message"] for record in log.records]
    monkeypatch.undo()
    assert client.get("/readyz").status_code == 200


def test_livez_touches_nothing(
    client: APIClient, db: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        assert client.get("/livez").status_code == 200


@pytest.mark.parametrize("path", ["/livez/", "/livezz", "/readyz/", "/api/livez"])
def test_only_these_two_paths_are_probes(client: APIClient, path: str) -> None:
    assert client.get(path).status_code == 404
