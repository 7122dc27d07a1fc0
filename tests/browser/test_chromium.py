"""A machine without a browser: a sentence, and in the pipeline a failure."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser import chromium


def test_the_pipeline_fails_without_a_browser(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="apt-get install chromium"):
        chromium.program()


def test_elsewhere_the_tests_are_skipped_with_the_reason(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="apt-get install chromium"):
        chromium.program()


def test_the_first_browser_found_is_taken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    for name in ("google-chrome", "chromium-browser"):
        browser = tmp_path / name
        browser.touch(mode=0o755)
        assert chromium.program() == str(browser)
