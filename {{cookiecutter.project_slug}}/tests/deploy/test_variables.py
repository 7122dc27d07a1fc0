"""What deployments set is what the service reads: nothing missing, nothing unknown."""

import re
import sys
from functools import cache
from typing import Any

import pytest

from tests.deploy.files import (
    compose,
    documented_variables,
    literals,  # option: kubernetes
    run,
    without_file_suffix,
)

SERVICES: dict[str, dict[str, Any]] = compose()["services"]
OURS = sorted(name for name, service in SERVICES.items() if "DATABASE_URL_FILE" in str(service))
DEPLOYMENTS: dict[str, dict[str, str]] = {
    f"compose {name}": SERVICES[name]["environment"] for name in OURS
}
# option: kubernetes
DEPLOYMENTS["kubernetes"] = literals("config")
# end option
PRODUCTION = (sys.executable, "-c", "import config.settings.production")


@cache
def required_variables() -> frozenset[str]:
    """Ask the service itself: an empty environment is refused with a list of what is missing."""
    answer = run(*PRODUCTION).stderr
    return frozenset(re.findall(r"^  ([A-Z_]+): is not set", answer, re.MULTILINE))


def test_the_service_says_what_it_requires() -> None:
    assert {"SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "REDIS_URL"} <= required_variables()


@pytest.mark.parametrize("name", DEPLOYMENTS)
def test_a_deployment_sets_all_that_production_requires(name: str) -> None:
    assert required_variables() - without_file_suffix(DEPLOYMENTS[name]) == set()


@pytest.mark.parametrize("name", DEPLOYMENTS)
def test_a_deployment_sets_nothing_that_is_not_documented(name: str) -> None:
    assert without_file_suffix(DEPLOYMENTS[name]) - documented_variables() == set()


@pytest.mark.parametrize("name", DEPLOYMENTS)
def test_a_deployment_trusts_exactly_the_proxy_it_brings(name: str) -> None:
    assert DEPLOYMENTS[name]["TRUSTED_PROXY_COUNT"] == "1"
    assert DEPLOYMENTS[name]["BEHIND_TLS_PROXY"] == "yes"


@pytest.mark.parametrize("name", OURS)
def test_each_secret_of_a_container_is_mounted_where_it_is_looked_for(name: str) -> None:
    service = SERVICES[name]
    files = {value for key, value in service["environment"].items() if key.endswith("_FILE")}
    assert files == {f"/run/secrets/{secret}" for secret in service["secrets"]}
