"""What stands in for the test client hides nothing of it."""

import sys

import pytest

from config.stand_in import NAME, install, stand_in


def test_whoever_imports_the_test_client_gets_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, NAME)
    install()
    assert not hasattr(stand_in, "__path__")
    assert sys.modules[NAME] is stand_in
    assert stand_in.APIClient.__module__ == NAME
    assert sys.modules[NAME] is not stand_in
    assert stand_in.APIRequestFactory().get("/").path == "/"


def test_a_client_that_is_there_stays() -> None:
    there = sys.modules[NAME]
    install()
    assert sys.modules[NAME] is there
