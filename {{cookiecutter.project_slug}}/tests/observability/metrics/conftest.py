"""A service that counts, in this process, and what it has counted since the test began."""

import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from prometheus_client import REGISTRY
from rest_framework.test import APIClient

from observability.metrics_hooks import EventCounter

Counted = Callable[..., float]


@pytest.fixture(autouse=True)
def _counting(settings: Any) -> Iterator[None]:
    """Count as the settings of a service with METRICS_PORT do."""
    settings.MIDDLEWARE = with_metrics()
    handler = EventCounter()
    logging.getLogger("security").addHandler(handler)
    yield
    logging.getLogger("security").removeHandler(handler)


def with_metrics() -> list[str]:
    """Return the middleware of a service that counts."""
    edge, *others = settings.MIDDLEWARE
    return [edge, "observability.metrics_hooks.count_requests", *others]


@pytest.fixture
def caller() -> APIClient:
    """A caller to whom a 500 is an answer like others."""
    return APIClient(raise_request_exception=False)


@pytest.fixture
def counted() -> Counted:
    """How much a sample has grown since the test began."""
    before = {(sample.name, *sorted(sample.labels.items())): sample.value for sample in samples()}

    def grown(name: str, **labels: str) -> float:
        value = REGISTRY.get_sample_value(name, labels) or 0
        return float(value - before.get((name, *sorted(labels.items())), 0))

    return grown


def samples() -> list[Any]:
    """Return everything that would be exposed."""
    return [sample for metric in REGISTRY.collect() for sample in metric.samples]
