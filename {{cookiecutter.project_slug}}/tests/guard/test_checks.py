"""System checks: a service whose endpoints lost a protection does not start."""

from typing import Any

import pytest
from django.apps import apps
from pytest_django import Settings

from tests.conftest import SetRates
from tests.guard.checking import findings, found, rates, rest

pytestmark = pytest.mark.usefixtures("good_settings")

DRFS = "rest_framework"
BODY, FIELDS = "DATA_UPLOAD_MAX_MEMORY_SIZE", "DATA_UPLOAD_MAX_NUMBER_FIELDS"
FAULTS: dict[str, tuple[str, str, Any]] = {
    "limits in each process": ("E001", "LIMIT_STORE", "memory://"),
    "no permission": ("E002", "REST_FRAMEWORK", rest(DEFAULT_PERMISSION_CLASSES=[])),
    "all are allowed": (
        "E002",
        "REST_FRAMEWORK",
        rest(DEFAULT_PERMISSION_CLASSES=[f"{DRFS}.permissions.AllowAny"]),
    ),
    "a rate for a month": ("E008", "REST_FRAMEWORK", rates(anon="1/month")),
    "a rate for five minutes": ("E008", "REST_FRAMEWORK", rates(login="10/5min")),
    "a rate in short": ("E008", "REST_FRAMEWORK", rates(user="10/m")),
    "a rate in the plural": ("E008", "REST_FRAMEWORK", rates(user="10/minutes")),
    "a rate of nothing": ("E008", "REST_FRAMEWORK", rates(user="0/hour")),
    "no rate": ("E008", "REST_FRAMEWORK", rates(user=None)),
    "a rate of one's own for a week": ("E008", "REST_FRAMEWORK", rates(reports="5/week")),
    "a rate is gone": ("E008", "REST_FRAMEWORK", rest(DEFAULT_THROTTLE_RATES={})),
    "no throttles": ("E010", "REST_FRAMEWORK", rest(DEFAULT_THROTTLE_CLASSES=[])),
    "DRF's throttle": (
        "E010",
        "REST_FRAMEWORK",
        rest(DEFAULT_THROTTLE_CLASSES=[f"{DRFS}.throttling.UserRateThrottle"]),
    ),
    "pages in place of data": (
        "E016",
        "REST_FRAMEWORK",
        rest(DEFAULT_RENDERER_CLASSES=[f"{DRFS}.renderers.BrowsableAPIRenderer"]),
    ),
    "forms": (
        "E017",
        "REST_FRAMEWORK",
        rest(
            DEFAULT_PARSER_CLASSES=["guard.parsers.StrictJSONParser", f"{DRFS}.parsers.FormParser"]
        ),
    ),
    "files": (
        "E017",
        "REST_FRAMEWORK",
        rest(DEFAULT_PARSER_CLASSES=[f"{DRFS}.parsers.MultiPartParser"]),
    ),
    "DRF's JSON": (
        "E017",
        "REST_FRAMEWORK",
        rest(DEFAULT_PARSER_CLASSES=[f"{DRFS}.parsers.JSONParser"]),
    ),
    "endless bodies": ("E018", BODY, None),
    "huge bodies": ("E018", BODY, 10_000_001),
    "any number of fields": ("E018", FIELDS, None),
    "DRF's answers to errors": (
        "E021",
        "REST_FRAMEWORK",
        rest(EXCEPTION_HANDLER=f"{DRFS}.views.exception_handler"),
    ),
    "Django's CSRF page": ("E021", "CSRF_FAILURE_VIEW", "django.views.csrf.csrf_failure"),
}


def test_good_settings_pass() -> None:
    assert found() == set()


@pytest.mark.parametrize(("fault", "name", "value"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_found(settings: Settings, fault: str, name: str, value: Any) -> None:
    setattr(settings, name, value)
    assert found() == {f"guard.{fault}"}


@pytest.mark.urls("tests.guard.urls")
def test_a_scope_without_a_rate_is_found(set_rates: SetRates) -> None:
    assert found() == {"guard.E009"}
    set_rates(reports="1/hour", exports="1/hour")
    assert found() == set()


@pytest.mark.urls("tests.guard.urls")
@pytest.mark.parametrize("missing", ["reports", "exports"])
def test_every_way_to_name_a_scope_is_seen(set_rates: SetRates, missing: str) -> None:
    rates_of_all = dict.fromkeys(["reports", "exports"], "1/hour")
    rates_of_all.pop(missing)
    set_rates(**rates_of_all)
    (finding,) = findings()
    assert repr(missing) in finding.msg


def test_drfs_table_of_tokens_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Said to be installed; installing it in the middle of tests would leave traces."""
    monkeypatch.setattr(apps, "is_installed", lambda name: name == "rest_framework.authtoken")
    assert found() == {"guard.E015"}
