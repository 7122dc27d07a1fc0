"""The OpenAPI schema tells the truth: nothing is found that it does not say, and no 5xx."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.credentials.deployment import Running
from tests.scanners import schema_fuzzer
from tests.scanners.schema_fuzzer import Scan

# Enough for every kind of value once; `./run scan` asks for many more.
EXAMPLES, SEED = 3, 2026
CALLERS = [("carol", ""), ("alice", "token"), ("bob", "jwt"), ("staff", "session")]


@pytest.mark.parametrize(("account", "credential"), CALLERS)
def test_nothing_is_found(live: Running, tmp_path: Path, account: str, credential: str) -> None:
    report = schema_fuzzer.run(live.caller, tmp_path, Scan(account, credential, EXAMPLES, SEED))
    tested = re.search(r"Selected: (\d+)/(\d+)\n +Tested: (\d+)\n", report)
    assert tested, report
    assert len(set(tested.groups())) == 1, report
    refused = "Authentication failed" in report
    assert refused == (credential == ""), report  # whoever has a credential gets in everywhere
