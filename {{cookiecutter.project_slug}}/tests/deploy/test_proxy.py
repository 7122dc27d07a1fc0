"""What the proxy of the compose file must do, whatever else its rules say."""

import re

import pytest

from config.settings.server import SERVER_HEADER_SECONDS
from tests.deploy.files import DEPLOY

RULES = re.sub(
    r"^\s*#.*\n", "", (DEPLOY / "proxy" / "Caddyfile").read_text("utf-8"), flags=re.MULTILINE
)


def seconds(name: str) -> int:
    """Return the time limit of that name."""
    (found,) = re.findall(rf"^\s*{name} (\d+)s$", RULES, re.MULTILINE)
    return int(found)


@pytest.mark.parametrize(
    "line",
    [
        "header_up X-Forwarded-For {remote_host}",
        "header_up X-Forwarded-Proto {scheme}",
        "header_up -Forwarded",
        "header_up -X-Forwarded-Host",
        "header_up -X-Real-IP",
    ],
)
def test_what_a_caller_says_of_itself_is_replaced_or_dropped(line: str) -> None:
    assert f"\t{line}\n" in RULES


@pytest.mark.parametrize("name", ["read_header", "read_body", "write", "idle"])
def test_a_slow_client_is_cut_off(name: str) -> None:
    assert 0 < seconds(name) <= 60


def test_sizes_are_bounded() -> None:
    assert "max_header_size 16KB" in RULES
    assert "max_size 2MB" in RULES


def test_an_idle_connection_is_left_before_the_service_closes_it() -> None:
    assert seconds("keepalive") < SERVER_HEADER_SECONDS


def test_no_version_of_http_is_spoken_that_no_port_is_open_for() -> None:
    assert "protocols h1 h2\n" in RULES


def test_a_name_that_is_not_the_services_gets_no_answer() -> None:
    assert "strict_sni_host on" in RULES
    assert re.search(r"^http:// \{\n\tabort\n\}$", RULES, re.MULTILINE)
