"""Static files are looked for when the first is asked for, once, and are there for everybody."""

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from pytest_django import Settings
from whitenoise.base import WhiteNoise  # type: ignore[import-untyped]

from guard.static_files import StaticFilesMiddleware

pytestmark = pytest.mark.django_db  # an answer's end is a request's

TOGETHER = 4


@pytest.fixture
def looks(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Files as in production; the folders that are looked into."""
    for name in ("collected", "root"):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}.txt").write_text(name)
    settings.STATIC_ROOT = str(tmp_path / "collected")
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = False
    seen: list[str] = []
    look = WhiteNoise.update_files_dictionary

    def slowly(self: Any, root: str, prefix: str) -> None:
        seen.append(Path(root).name)
        time.sleep(0.05)
        look(self, root, prefix)

    monkeypatch.setattr(WhiteNoise, "update_files_dictionary", slowly)
    return seen


def asked(middleware: StaticFilesMiddleware, path: str) -> str:
    """Return what is answered: a file's text, or what comes behind the files."""
    answer: Any = middleware(RequestFactory().get(path))
    with closing(answer):
        return b"".join(answer).decode()


def made() -> StaticFilesMiddleware:
    return StaticFilesMiddleware(lambda _: HttpResponse("behind"))


def test_nothing_is_looked_for_before_a_file_is_asked_for(looks: list[str]) -> None:
    middleware = made()
    assert asked(middleware, "/api/v1/me/") == "behind"
    assert looks == []
    for _ in range(2):
        assert asked(middleware, "/static/collected.txt") == "collected"
        assert asked(middleware, "/static/nothing.txt") == "behind"
    assert looks == ["collected"]


def test_who_asks_while_files_are_looked_for_gets_them(looks: list[str]) -> None:
    middleware, together = made(), Barrier(TOGETHER)

    def ask(_: int) -> str:
        together.wait()
        return asked(middleware, "/static/collected.txt")

    with ThreadPoolExecutor(TOGETHER) as threads:
        assert set(threads.map(ask, range(TOGETHER))) == {"collected"}
    assert looks == ["collected"]


def test_files_at_other_addresses_are_there_at_once(
    looks: list[str], settings: Settings, tmp_path: Path
) -> None:
    settings.WHITENOISE_ROOT = str(tmp_path / "root")
    middleware = made()
    assert looks == ["root"]
    assert asked(middleware, "/root.txt") == "root"
