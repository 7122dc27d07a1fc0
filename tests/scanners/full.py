"""All scanners, thoroughly, against one service: `./run scan`. Takes about a quarter of an hour.

Nothing but ports of this machine is talked to; what is served ends with the run.
"""

from __future__ import annotations

import json
import secrets
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.credentials.accounts import jwt_pair
from tests.credentials.deployment import Running, deploy
from tests.matrix.environments import lines
from tests.scanners import observatory, schema_fuzzer, wapiti
from tests.scanners.schema_fuzzer import Scan
from tests.scanners.test_schema_fuzzer import CALLERS
from tests.servers import postgresql, redis_server, tls

EXAMPLES = 100


@contextmanager
def served(folder: Path) -> Iterator[Running]:
    """Run a service with all options, whose access tokens outlive the scans."""
    with (
        postgresql.server() as postgres,
        postgresql.database(postgres) as database,
        redis_server.server() as store,
        deploy(folder, lines()[0], database, store).running(
            folder / "log", JWT_ACCESS_MINUTES="60"
        ) as service,
    ):
        yield service


def run(folder: Path, seed: int) -> bool:
    """Scan; print what is found, and return whether nothing was."""
    clean = True
    with served(folder) as service, tls.proxy(service.service.client.port, folder) as edge:
        for path in ("/", "/api/v1/me/"):
            place = Path(tempfile.mkdtemp(dir=folder))
            say(f"Observatory {path}", json.dumps(observatory.scan(edge, path, place)))
        for account, credential in CALLERS:
            try:
                scan = Scan(account, credential, EXAMPLES, seed)
                report = schema_fuzzer.run(service.caller, folder, scan)
            except AssertionError as findings:
                clean, report = False, str(findings)
            say(f"schemathesis as {account} with {credential or 'nothing'}", report)
        token = f"Bearer {jwt_pair(service.caller, 'dave')['access']}"
        found = wapiti.scan(edge, folder / "schema.json", token, folder)
        say("wapiti", json.dumps(found, indent=2))
    return clean and not found


def say(scanner: str, report: str) -> None:
    """Print a report."""
    sys.stdout.write(f"\n==== {scanner}\n{report}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="secure-drf-scan-") as name:
        given = int(sys.argv[1]) if sys.argv[1:] else secrets.randbelow(1_000_000)
        sys.exit(0 if run(Path(name), given) else 1)
