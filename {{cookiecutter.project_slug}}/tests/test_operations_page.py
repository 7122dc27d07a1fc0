"""docs/operations.md can be followed: what it names exists, and its commands are understood."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class

from guard.events import Event
from tests.deploy.files import compose, documented_variables

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "operations.md").read_text("utf-8")
BLOCKS = re.findall(r"^```sh\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
SPANS = re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", PAGE, flags=re.MULTILINE | re.DOTALL))
TEXT = "\n".join([*BLOCKS, *SPANS])
CONTAINERS = compose()["services"]
PLACEHOLDERS = {"USERNAME", "NAME", "FILE", "ACCOUNT_ID", "SELECT", "RESET", "SET", "READ_ONLY-"}
FAMILIES = ("authn_", "authz_", "excess_", "input_validation", "malicious_", "session_", "sys_")


def commands_of_django() -> Iterator[list[str]]:
    """Return the arguments of each command of Django's that the page gives."""
    for call in re.findall(r"(?:\bmanage|python manage\.py) ([^\n|]+)", TEXT):
        arguments = shlex.split(call.partition(" <")[0].partition(" #")[0])
        if arguments[0] in get_commands():
            yield arguments
        else:
            assert arguments == ['"$@";', "}"] or not arguments[0].isalpha(), call


def test_every_command_is_one_and_takes_what_it_is_given() -> None:
    found = list(commands_of_django())
    assert {"revoke_user", "end_sessions", "find_token"} <= {name for name, *_ in found}
    for name, *arguments in found:
        command = load_command_class(get_commands()[name], name)
        command.create_parser("manage.py", name).parse_args(arguments)


def test_every_file_is_there() -> None:
    files = set(re.findall(r"\b(?:deploy|docs|tests)/[\w./-]+\w", TEXT))
    files |= {f"deploy/{name}" for name in re.findall(r"/srv/deploy/([\w./-]+\w)", TEXT)}
    made = {name for name in files if name.startswith("deploy/private")}
    assert len(files - made) > 4
    assert [name for name in sorted(files - made) if not (ROOT / name).exists()] == []
    known = {"backups"} | {name.removesuffix("_FILE") for name in compose()["secrets"]}
    assert {name.split("/")[2] for name in made if name.count("/") > 1} <= known


def test_every_secret_is_one_that_can_be_changed() -> None:
    script = (ROOT / "deploy" / "rotate.sh").read_text("utf-8")
    calls = re.findall(r"rotate\.sh ([a-z_]+)(?: (switch|end))?", TEXT)
    assert len(calls) > 8
    for name, step in calls:
        assert f"{name}:{step or 'begin'}" in script, (name, step)
    offered = set(re.findall(r"\b([a-z_]+):begin", script))
    assert offered == {name for name, _ in calls}


def test_every_container_is_one() -> None:
    calls = re.findall(r"compose ((?:run|exec|up|logs|ps|stop|restart)\b[^\n`|]*)", TEXT)
    assert len(calls) > 15
    for call in calls:
        words = [word for word in call.split(" #")[0].split()[1:] if not word.startswith("-")]
        named = words[:1] if call.startswith(("run", "exec")) else words
        assert set(named) <= {*CONTAINERS, "10m", "<FILE"}, call


def test_every_variable_is_read_and_every_event_is_emitted() -> None:
    variables = set(re.findall(r"(?<![\w'\"$])[A-Z]+_[A-Z_]+\b", "\n".join(SPANS))) - PLACEHOLDERS
    assert variables
    assert variables <= documented_variables()
    events = {span for span in SPANS if span.startswith(FAMILIES)}
    assert events
    assert events <= set(Event)


def test_every_sign_leads_to_a_section() -> None:
    headings = re.findall(r"^#{2,3} (.+)$", PAGE, re.MULTILINE)
    anchors = {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in headings}
    links = set(re.findall(r"\]\(#([\w-]+)\)", PAGE))
    assert len(links) > 12
    assert links <= anchors


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.split("\n")[0][:50])
def test_a_block_is_short_enough_to_be_pasted_with_open_eyes(block: str) -> None:
    assert len(block.splitlines()) <= 8
