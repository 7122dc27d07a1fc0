"""docs/security.md is true: what it names exists."""

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "security.md").read_text("utf-8")
PROOFS = re.findall(r"`(tests/\S+\.py)::(test_\w+)`", PAGE)


def test_every_promise_names_a_test_that_exists() -> None:
    rows = re.findall(r"^\| (?!promise)[^-].*\|", PAGE, re.MULTILINE)
    assert len(rows) == len(PROOFS) > 0
    missing = [
        f"{file}::{test}"
        for file, test in PROOFS
        if not (ROOT / file).exists() or f"def {test}(" not in (ROOT / file).read_text("utf-8")
    ]
    assert missing == []


def test_every_place_exists() -> None:
    places = re.findall(r"\| `([^`:]+)` \|", PAGE)
    assert places
    assert [place for place in places if not (ROOT / place).exists()] == []
