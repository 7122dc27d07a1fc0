"""One server, as docs/deployment.md says: what the compose file starts, and what it keeps out."""

from __future__ import annotations

import http.client
import re
import ssl
import time
from contextlib import ExitStack

import pytest

from tests.image.built import services
from tests.image.edge import Edge, tls
from tests.image.stack import Stack
from tests.matrix.production import HOST
from tests.smoke.client import Client
from tests.smoke.test_api_tokens import NOTES, log_in

ONCE = {"roles", "migrate"}
FORGED = "203.0.113.77"
PORTS_BELOW_1024 = 1 << 10  # CAP_NET_BIND_SERVICE, which the proxy's program insists on
DISGUISES = ("X-Forwarded-For", "X_Forwarded_For", "X-Real-IP", "Forwarded", "Client-IP")


def test_everything_runs_and_what_runs_once_has_ended_well(stack: Stack) -> None:
    states = {name: container["State"] for name, container in stack.containers().items()}
    assert states.keys() == services(stack.built.project).keys()
    ended = {name for name, state in states.items() if not state["Running"]}
    assert ended == ONCE
    assert {states[name]["ExitCode"] for name in ONCE} == {0}


def test_the_service_is_ready_behind_tls_and_http_2(stack: Stack, edge: Edge) -> None:
    answer = edge.get("/readyz")
    assert (answer.status, answer.json) == (200, {"status": "ready"})
    assert "Alt-Svc" not in answer.headers
    with tls(stack.https, protocols=("h2", "http/1.1")) as connection:
        assert connection.selected_alpn_protocol() == "h2"


def test_only_the_proxy_has_a_way_out(stack: Stack) -> None:
    ways = {}
    for name in services(stack.built.project).keys() - ONCE:
        routes = stack.inside(name, "cat", "/proc/net/route").stdout.splitlines()[1:]
        ways[name] = any(route.split()[1] == "00000000" for route in routes)
    assert {name for name, way in ways.items() if way} == {"proxy"}


def test_a_caller_cannot_choose_its_address_or_its_scheme(stack: Stack, edge: Edge) -> None:
    for name in DISGUISES:
        value = f"for={FORGED}" if name == "Forwarded" else FORGED
        assert edge.get("/api/v1/me/", {name: value}).status == 401
    log = stack.compose("logs", "--no-color", "service")
    assert '"status": 401' in log
    assert FORGED not in log
    plain = Client(stack.http).get("/api/v1/me/")  # its client claims https
    assert plain.is_problem(403)


def test_a_name_that_is_not_the_services_gets_no_answer(stack: Stack) -> None:
    with pytest.raises(http.client.RemoteDisconnected):
        Client(stack.http).get("/livez", {"Host": "other.example.com"})
    with pytest.raises(ssl.SSLError):
        tls(stack.https, "other.example.com")
    assert Edge(stack.https).get("/livez", {"Host": "other.example.com"}).status == 421


def test_what_is_too_large_is_refused(edge: Edge) -> None:
    token = log_in(edge, "alice")
    assert edge.post(NOTES, {"title": "x", "text": "x" * 3_000_000}, token).status == 413
    assert edge.get("/livez", {"X-Large": "x" * 40_000}).status == 431


def test_a_slow_body_is_cut_off_and_costs_no_thread(stack: Stack, edge: Edge) -> None:
    begun = time.monotonic()
    head = f"POST {NOTES} HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: 100000\r\n\r\n{{"
    with ExitStack() as opened:
        slow = [opened.enter_context(tls(stack.https)) for _ in range(20)]
        for connection in slow:
            connection.sendall(head.encode())
        assert edge.get("/readyz").status == 200
        for connection in slow:
            connection.settimeout(60)
            while connection.recv(4096):
                pass
    assert time.monotonic() - begun < 50


def test_a_backup_was_made_at_the_start(stack: Stack) -> None:
    backups = stack.deploy / "private" / "backups"
    assert len(list(backups.glob("*.dump"))) == 1
    assert len(list(backups.glob("*.sha256"))) == 1


def test_no_process_can_write_where_it_should_not(stack: Stack) -> None:
    for name in services(stack.built.project).keys() - ONCE:
        said = stack.inside(name, "sh", "-c", "touch /file; grep -E 'CapEff|NoNew' /proc/1/status")
        assert "Read-only file system" in said.stderr
        assert re.search(r"NoNewPrivs:\s1", said.stdout)
        held = re.findall(r"CapEff:\s([0-9a-f]+)", said.stdout)
        assert [int(mask, 16) for mask in held] <= [PORTS_BELOW_1024 if name == "proxy" else 0]
