"""Runs the MDN HTTP Observatory on an address of the service, over TLS."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.credentials import node
from tests.matrix.production import HOST
from tests.servers.tls import Ports

MODULE = Path(__file__).with_name("observatory.mjs")
PACKAGES = ("@mdn/mdn-http-observatory@~1.4.8",)


def scan(edge: Ports, path: str, folder: Path) -> Any:
    """Return score, grade and the tests that cost or add something."""
    ports = (str(edge.https), str(edge.http))
    trusted = {"NODE_EXTRA_CA_CERTS": str(edge.certificate)}
    output = node.run(MODULE, folder, HOST, path, *ports, packages=PACKAGES, variables=trusted)
    return json.loads(output)
