"""Runs wapiti, which attacks every operation of the schema that a GET or a POST reaches.

In an environment of its own (`uv tool run`): it pins forty packages to versions that others here
have left behind. It comes as an account with an access token that outlives the run.
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from tests.matrix.production import HOST
from tests.servers.tls import Ports

PACKAGE = "wapiti3 ~= 3.2.3"
# Left out: what searches for other people's software by its files (buster, cms, htp, nikto, wapp,
# wp_enum, network_device), what asks a host outside (log4shell, ssrf, xxe, takeover), what guesses
# at login forms, of which the API has none, the grading of a certificate that is a throw-away, and
# spring4shell, to which any service that refuses forms looks like Spring.
MODULES = (
    "backup",
    "cookieflags",
    "crlf",
    "csp",
    "csrf",
    "exec",
    "file",
    "htaccess",
    "http_headers",
    "https_redirect",
    "ldap",
    "methods",
    "permanentxss",
    "redirect",
    "shellshock",
    "sql",
    "timesql",
    "upload",
    "xss",
)
SECONDS_A_MODULE = 60


def scan(edge: Ports, schema: Path, authorization: str, folder: Path) -> list[dict[str, Any]]:
    """Attack the service; return what was found, one entry for each finding."""
    report = folder / "report.json"
    command = [
        *("uv", "tool", "run", "--quiet", "--from", PACKAGE, "wapiti"),
        *("--url", f"https://127.0.0.1:{edge.https}/"),
        *("--swagger", str(schema)),
        *("--header", f"Host: {HOST}"),
        *("--header", f"Authorization: {authorization}"),
        *("--module", ",".join(MODULES)),
        *("--max-attack-time", str(SECONDS_A_MODULE)),
        *("--verify-ssl", "0"),
        *("--store-session", str(folder / "session")),
        *("--store-config", str(folder / "config")),
        "--flush-session",
        "--no-bugreport",
        *("--format", "json"),
        *("--output", str(report)),
    ]
    subprocess.run(command, cwd=folder, check=True, stdin=subprocess.DEVNULL)
    found = json.loads(report.read_text("utf-8"))
    return [
        {"kind": kind, "name": name} | finding
        for kind in ("vulnerabilities", "anomalies")
        for name, findings in found[kind].items()
        for finding in findings
    ]
