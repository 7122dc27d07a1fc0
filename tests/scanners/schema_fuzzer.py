"""Runs schemathesis (all of its checks, every operation) against a running service."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.credentials.accounts import TOKENS, api_token, credentials
from tests.credentials.caller import Caller
from tests.generation.answers import ROOT
from tests.scanners import hooks
from tests.smoke.client import TLS


@dataclass(frozen=True)
class Scan:
    """Who calls (an account and the kind of its credential), how often, and chance's beginning."""

    account: str
    credential: str
    examples: int
    seed: int


def described(caller: Caller) -> bytes:
    """Return the OpenAPI schema as the service itself serves it, to the staff."""
    staff = api_token(caller.post(TOKENS, credentials("staff")))
    answer = caller.get("/api/schema/?format=json", staff)
    assert answer.status == 200, answer
    assert json.loads(answer.body)["paths"]
    return answer.body


def run(caller: Caller, folder: Path, scan: Scan) -> str:
    """Scan; return what schemathesis printed, or raise AssertionError with its findings."""
    schema = folder / "schema.json"
    schema.write_bytes(described(caller))
    command = [
        str(Path(sys.executable).with_name("schemathesis")),
        "run",
        str(schema),
        f"--url=http://127.0.0.1:{caller.port}",
        *(f"--header={name}: {value}" for name, value in TLS.items()),
        "--checks=all",
        "--continue-on-failure",
        "--no-color",
        f"--max-examples={scan.examples}",
        f"--seed={scan.seed}",
    ]
    given = {
        "PYTHONPATH": str(ROOT),
        "SCHEMATHESIS_HOOKS": hooks.__name__,
        hooks.PORT: str(caller.port),
        hooks.ACCOUNT: scan.account,
        hooks.CREDENTIAL: scan.credential,
    }
    done = subprocess.run(
        command,
        cwd=folder,  # it leaves a folder of its own where it runs
        env=os.environ | given,
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout
