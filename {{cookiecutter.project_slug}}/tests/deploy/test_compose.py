"""On one server: every container is confined, and only the proxy is reachable."""

from typing import Any

import pytest

from config.settings.server import SERVER_STOP_SECONDS
from tests.deploy.files import compose

COMPOSE = compose()
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
# The proxy's program carries a capability and does not start where it may not have it.
ADDED_CAPABILITIES = {"proxy": ["NET_BIND_SERVICE"]}
RUN_ONCE = {"roles", "migrate"}

every_container = pytest.mark.parametrize("name", sorted(SERVICES))


@every_container
def test_a_container_is_not_root(name: str) -> None:
    user, group = SERVICES[name]["user"].split(":")
    assert int(user) > 0
    assert int(group) > 0


@every_container
def test_a_container_cannot_write_to_its_image(name: str) -> None:
    assert SERVICES[name]["read_only"] is True


@every_container
def test_a_container_has_no_privileges_and_gains_none(name: str) -> None:
    service = SERVICES[name]
    assert service["cap_drop"] == ["ALL"]
    assert service.get("cap_add", []) == ADDED_CAPABILITIES.get(name, [])
    assert "no-new-privileges:true" in service["security_opt"]
    assert not {"privileged", "network_mode", "pid", "ipc", "devices"} & service.keys()
    assert not any("docker.sock" in str(volume) for volume in service.get("volumes", []))


@every_container
def test_a_container_cannot_exhaust_the_server(name: str) -> None:
    assert SERVICES[name]["mem_limit"]
    assert SERVICES[name]["pids_limit"] > 0


@every_container
def test_a_container_gets_only_secrets_that_exist(name: str) -> None:
    assert set(SERVICES[name].get("secrets", [])) <= COMPOSE["secrets"].keys()


@every_container
def test_the_logs_of_a_container_cannot_fill_the_disk(name: str) -> None:
    assert SERVICES[name]["logging"]["options"].keys() == {"max-size", "max-file"}


def test_what_stays_is_started_again_and_what_runs_once_is_not() -> None:
    policies = {name: service["restart"] for name, service in SERVICES.items()}
    once = dict.fromkeys(RUN_ONCE, "no")
    assert policies == dict.fromkeys(SERVICES, "unless-stopped") | once


@pytest.mark.parametrize("name", ["proxy", "database", "redis", "backup"])
def test_a_container_without_a_check_in_its_image_has_one_here(name: str) -> None:
    assert SERVICES[name]["healthcheck"]["test"]


def test_requests_in_flight_have_time_to_end() -> None:
    grace = {name: SERVICES[name]["stop_grace_period"] for name in ("service", "proxy")}
    assert all(int(seconds.removesuffix("s")) > SERVER_STOP_SECONDS for seconds in grace.values())


def test_only_the_proxy_is_reachable_from_outside() -> None:
    assert {name for name, service in SERVICES.items() if "ports" in service} == {"proxy"}


def test_only_the_proxy_has_a_way_out() -> None:
    open_networks = {
        name for name, network in COMPOSE["networks"].items() if not (network or {}).get("internal")
    }
    reached = {name for name in SERVICES if open_networks & set(SERVICES[name]["networks"])}
    assert reached == {"proxy"}


def test_the_proxy_cannot_reach_the_data() -> None:
    assert not set(SERVICES["proxy"]["networks"]) & set(SERVICES["database"]["networks"])


def test_the_service_starts_after_the_migrations_and_never_sees_their_credentials() -> None:
    service = SERVICES["service"]
    assert service["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}
    assert not {"owner_database_url", "owner_password", "superuser_password"} & set(
        service["secrets"]
    )
    assert SERVICES["migrate"]["environment"]["DATABASE_URL_FILE"].endswith("owner_database_url")
