"""What is counted. Labels take their values from closed lists, never from what a caller wrote.

Names follow Prometheus' conventions. docs/monitoring.md says what to do about each.
"""

import os
import time
import tomllib

from django.conf import settings
from prometheus_client import Counter, Gauge, Histogram, values
from rest_framework.settings import api_settings

from config.settings.paths import BASE_DIR
from guard.events import Event
from guard.methods import METHODS
from observability.metrics_files import VARIABLE, place

if VARIABLE in os.environ:  # else it stays in memory: a command has nobody who asks
    values.ValueClass = values.MultiProcessValue(place)  # type: ignore[no-untyped-call]

OTHER = "other"
NO_ROUTE = "none"  # refused before, or unknown: what was asked for may be anything
# Beyond these, what comes counts as `other`: so much fits into the files of a place.
MOST_SERIES = 1000  # of requests
MOST_ROUTES = 120
LONGEST_ROUTE = 100  # characters

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)

REQUESTS = Counter("http_requests", "Requests answered.", ["route", "method", "status"])
DURATION = Histogram(
    "http_request_duration_seconds", "Time in a thread.", ["route"], buckets=SECONDS
)
QUEUE = Histogram("http_request_queue_seconds", "Wait for a thread.", buckets=SECONDS)
IN_FLIGHT = Gauge("http_requests_in_flight", "Being answered.", multiprocess_mode="livesum")
THREADS = Gauge("http_request_threads", "To answer with.", multiprocess_mode="livesum")

EVENTS = Counter("security_events", "By docs/events.md.", ["event"])
THROTTLED = Counter("throttled_requests", "Refused by a limit.", ["rule"])
STORE_LOST = Gauge("limit_store_lost", "Processes without Redis.", multiprocess_mode="livesum")

HASH_PLACES = Gauge("password_pool_places", "For callers.", multiprocess_mode="livesum")
HASH_PLACES_IN_USE = Gauge(
    "password_pool_places_in_use", "Callers there.", multiprocess_mode="livesum"
)
HASHES_REFUSED = Counter("password_pool_refused", "Told to come back.")

CONNECTIONS = Gauge("database_connections_open", "Of threads.", multiprocess_mode="livesum")
WORKER_STARTS = Counter("worker_starts", "Processes begun.")
START_TIME = Gauge("service_start_time_seconds", "Unix time.", multiprocess_mode="livemax")
BUILD_INFO = Gauge("service_build_info", "Always 1.", ["version"], multiprocess_mode="livemax")

_series: dict[tuple[str, str, str], Counter] = {}
_routes: dict[str, Histogram] = {}

# A rate needs a zero to begin with.
for each in Event:
    EVENTS.labels(each)
LIMITS = frozenset(api_settings.DEFAULT_THROTTLE_RATES) | {"login_pair", "login_attack"}
for rule in LIMITS:
    THROTTLED.labels(rule)


def count_request(route: str, method: str, status: str, seconds: float) -> None:
    """Count an answer; `route` is a template."""
    method = method if method in METHODS else OTHER
    if len(route) > LONGEST_ROUTE or (route not in _routes and len(_routes) >= MOST_ROUTES):
        route = OTHER
    labels = route, method, status
    if labels not in _series and len(_series) >= MOST_SERIES:
        labels = OTHER, OTHER, status
    series = _series.get(labels)
    if series is None:
        series = _series[labels] = REQUESTS.labels(*labels)
    series.inc()
    duration = _routes.get(route)
    if duration is None:
        duration = _routes[route] = DURATION.labels(route)
    duration.observe(seconds)


def begin_service() -> None:
    """State what runs since when; the process that starts the workers says it once."""
    project = tomllib.loads((BASE_DIR / "pyproject.toml").read_text("utf-8"))["project"]
    BUILD_INFO.labels(project["version"]).set(1)
    START_TIME.set(time.time())


def begin_worker() -> None:
    """State what this process has to offer."""
    WORKER_STARTS.inc()
    THREADS.set(settings.SERVER_THREADS)
    HASH_PLACES.set(settings.HASH_CALLERS_AT_ONCE)
