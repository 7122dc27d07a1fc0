"""How many cores there are, is what the system and the container allow."""

import os
from pathlib import Path

import pytest

from config.cores import usable_cores
from config.settings import server
from config.settings.server import MOST_PROCESSES

ALLOWED = {
    # cpu.max of a container: cores, on a machine of 8
    "no limit": ("max 100000\n", 8),
    "two": ("200000 100000\n", 2),
    "two and a half": ("250000 100000\n", 2),
    "half a core": ("50000 100000\n", 1),
    "more than there are": ("6400000 100000\n", 8),
    "unreadable": ("many\n", 8),
}


@pytest.fixture(autouse=True)
def _eight_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(8)), raising=False)


@pytest.mark.parametrize(("text", "cores"), ALLOWED.values(), ids=ALLOWED)
def test_a_limit_of_the_container_counts(tmp_path: Path, text: str, cores: int) -> None:
    limit = tmp_path / "cpu.max"
    limit.write_text(text)
    assert usable_cores(limit) == cores


def test_without_a_container_the_system_decides(tmp_path: Path) -> None:
    assert usable_cores(tmp_path / "none") == 8


def test_where_the_system_has_no_affinity_all_cores_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(os, "sched_getaffinity")
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert usable_cores(tmp_path / "none") == 1


@pytest.mark.parametrize(
    ("text", "cores", "number"),
    [("", 1, 1), ("", 6, 6), ("", 64, MOST_PROCESSES), ("12", 2, 12)],
)
def test_processes_follow_the_cores_unless_a_number_is_given(
    monkeypatch: pytest.MonkeyPatch, text: str, cores: int, number: int
) -> None:
    monkeypatch.setattr(server, "usable_cores", lambda: cores)
    assert server.processes(text) == number
