"""Node and its packages are had or the tests fail with a sentence; nothing is skipped."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.credentials import node


@pytest.fixture
def _bare_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Hide every Node."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(node, "wheel_programs", lambda: None)


@pytest.mark.usefixtures("_bare_machine")
def test_a_machine_without_node_is_told_what_to_install() -> None:
    with pytest.raises(LookupError, match=re.escape(node.NOT_FOUND)):
        node.programs()


@pytest.mark.usefixtures("_bare_machine")
def test_an_older_node_is_not_taken(tmp_path: Path) -> None:
    for name in ("node", "npm"):
        program = tmp_path / name
        program.write_text("#!/bin/sh\necho v18.20.4\n")
        program.chmod(0o755)
    assert node.system_programs() is None


def test_packages_that_cannot_be_installed_are_named_with_the_reason(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(node, "CACHE", tmp_path)
    monkeypatch.setattr(node, "programs", lambda: ([], ["sh", "-c", "echo no network; exit 1"]))
    with pytest.raises(LookupError, match=r"(?s)jose@.*no network"):
        node.installed(["jose@~6.2.18"])
    with pytest.raises(LookupError):  # half an installation is none
        node.installed(["jose@~6.2.18"])
