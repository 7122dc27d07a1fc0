"""Benchmarks of one command say why there is no figure, and end with 2."""

from __future__ import annotations

import subprocess
import sys
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from subprocess import CompletedProcess
from types import SimpleNamespace

import pytest

from benchmarks import generation
from benchmarks.budget import __main__ as budget
from tests.servers import postgresql, redis_server

WHY = "the reason of it"


def test_a_template_that_cannot_be_generated(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "cookiecutter.json").write_text(f'{{"{WHY}": ', "utf-8")
    monkeypatch.setattr(generation, "template", lambda: tmp_path)
    monkeypatch.setattr(sys, "argv", ["generation", "--rounds", "1", "--folder", str(tmp_path)])
    assert generation.main() == 2
    shown, said = capsys.readouterr()
    assert not shown
    assert said.startswith(f"No figures: {tmp_path}: exit code 1")
    assert "cookiecutter.json" in said


def no_server(*_: object) -> AbstractContextManager[str]:
    """Return what stands for a server that is not needed."""
    return nullcontext("")


def test_a_service_that_answers_otherwise_than_expected(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    installed = SimpleNamespace(folder=Path("/nowhere"), variables=dict)
    deployed = SimpleNamespace(installed=installed, project=Path("/nowhere"), variables={})
    for module, name in ((postgresql, "server"), (postgresql, "database")):
        monkeypatch.setattr(module, name, no_server)
    monkeypatch.setattr(redis_server, "server", no_server)
    monkeypatch.setattr(budget, "lines", lambda: ["a line"])
    monkeypatch.setattr(budget, "deploy", lambda *_: deployed)
    failed = CompletedProcess([], 1, stderr=WHY)
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: failed)
    assert budget.main() == 2
    assert capsys.readouterr() == ("", f"No figures: {WHY}")
