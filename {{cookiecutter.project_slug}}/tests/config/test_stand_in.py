"""What stands in for the test client hides nothing of it."""

import sys
import types
from collections.abc import Iterator
from typing import Any

import pytest
import rest_framework.test
from rest_framework.test import APIClient, APIRequestFactory

from config.stand_in import NAME, install, remove, stand_in


@pytest.fixture
def package(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """REST framework, as a start has imported it."""
    monkeypatch.setattr(rest_framework, "test", rest_framework.test)
    monkeypatch.delitem(sys.modules, NAME)
    install()
    assert sys.modules[NAME] is stand_in
    yield rest_framework
    assert sys.modules.get(NAME) is not stand_in


def test_whoever_imports_something_of_it_gets_it(package: Any) -> None:
    assert not hasattr(stand_in, "__path__")
    assert stand_in.APIClient.__qualname__ == APIClient.__qualname__
    assert sys.modules[NAME] is package.test


def test_whoever_imports_all_of_it_gets_it(package: Any) -> None:
    assert package.test.APIClient.__qualname__ == APIClient.__qualname__


def test_a_request_is_made_by_it(package: Any) -> None:
    assert package.test.APIRequestFactory().get("/").path == "/"


def test_a_class_may_inherit_from_what_it_makes_requests_with(package: Any) -> None:
    (base,) = types.resolve_bases((package.test.APIRequestFactory,))
    assert isinstance(base, type)
    assert base.__qualname__ == APIRequestFactory.__qualname__


def test_it_goes(package: Any) -> None:
    remove()
    assert NAME not in sys.modules
    assert not hasattr(package, "test")


def test_a_client_that_is_there_stays() -> None:
    there = sys.modules[NAME]
    install()
    remove()
    assert sys.modules[NAME] is there is rest_framework.test
