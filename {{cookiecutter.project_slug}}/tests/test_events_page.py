"""docs/events.md lists the vocabulary of the security log, all of which is in use."""

import re
from pathlib import Path

from guard.events import Event

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "events.md").read_text("utf-8")
VOCABULARY = ROOT / "guard" / "events.py"


def test_page_and_code_name_the_same_events() -> None:
    rows = PAGE.partition("| event |")[2]
    assert sorted(re.findall(r"^\| `([a-z_]+)` \|", rows, re.MULTILINE)) == sorted(Event)


def test_every_event_is_emitted_somewhere() -> None:
    files = [file for file in ROOT.glob("*/**/*.py") if file != VOCABULARY]
    own = [file for file in files if "tests" not in file.parts and ".venv" not in file.parts]
    text = "".join(file.read_text("utf-8") for file in own)
    assert [event.name for event in Event if f"Event.{event.name}" not in text] == []
