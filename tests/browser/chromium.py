"""The machine's own Chromium, shut off from every network but the one of the test.

Playwright's Python package drives it: the tests are in one language and need no Node, its wheel
brings the driver. It downloads no browser: the system's is taken.
"""

from __future__ import annotations

import os
import shutil
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from playwright.sync_api import Browser, sync_playwright

from tests.servers.tls import Ports

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NOT_FOUND = "needs Chromium: install the system's package (Debian: apt-get install chromium)"
QUIET = (
    "--no-sandbox",  # Chromium refuses to run as root with one, as in a container
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def program() -> str:
    """Return the path of a browser; without one the test is skipped, in the pipeline it fails."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(NOT_FOUND)
    return found


def network(ports: Ports) -> tuple[str, ...]:
    """Return the flags that lead every site of the tests to the proxy, and no name elsewhere."""
    certificate = x509.load_pem_x509_certificate(ports.certificate.read_bytes())
    key = certificate.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    sites = [f"MAP *.example.{end}:443 127.0.0.1:{ports.https}" for end in ("com", "net")]
    rules = ", ".join([*sites, "MAP * ~NOTFOUND", "EXCLUDE 127.0.0.1"])
    return (
        f"--host-resolver-rules={rules}",
        # The proxy's key and no other is believed without an authority.
        f"--ignore-certificate-errors-spki-list={b64encode(sha256(key).digest()).decode()}",
    )


@contextmanager
def browser(executable: str, ports: Ports) -> Iterator[Browser]:
    """Run a browser until the block ends."""
    with sync_playwright() as playwright:
        arguments = [*QUIET, *network(ports)]
        started = playwright.chromium.launch(executable_path=executable, args=arguments)
        try:
            yield started
        finally:
            started.close()
