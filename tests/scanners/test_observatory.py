"""The MDN HTTP Observatory, which grades what a browser is told about a site."""

from __future__ import annotations

from pathlib import Path

from tests.scanners import observatory
from tests.servers.tls import Ports


def test_the_front_page_is_an_a_plus(edge: Ports, tmp_path: Path) -> None:
    found = observatory.scan(edge, "/", tmp_path)
    assert found["grade"] == "A+", found
    assert found["score"] >= 115, found


def test_below_api_nothing_is_missing_but_the_redirect(edge: Ports, tmp_path: Path) -> None:
    # http is refused there: a redirect would hide that a credential was sent in clear.
    found = observatory.scan(edge, "/api/v1/me/", tmp_path)
    costs = {name: points for name, points in found["tests"].items() if points < 0}
    assert costs == {"redirection": -20}
    assert found["score"] == 80
