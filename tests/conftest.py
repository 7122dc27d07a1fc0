"""Fixtures and options that every part of the suite may use."""

from __future__ import annotations

import pytest

from tests.generation.answers import values
from tests.matrix import environments

pytest_plugins = ["tests.servers.fixtures", "tests.credentials.fixtures", "tests.deployed"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let `./run test-all` ask for the exhaustive matrix and for all rounds under fire."""
    parser.addoption(
        "--every-combination",
        action="store_true",
        help="multiply every answer with every other, instead of spreading the choices",
    )
    parser.addoption(
        "--every-round",
        action="store_true",
        help="repeat each burst of requests 50 times, instead of 9; change every key of a service",
    )
    parser.addoption(
        "--containers",
        action="store_true",
        help="build and run images in tests/image, with root's podman",
    )


def pytest_report_header() -> list[str]:
    """Say which interpreters the generated projects run on."""
    absent = "no Python for it was found, so its part of the matrix is not run"
    return [
        f"Django {line}: {environments.interpreter(str(line)) or absent}"
        for line in values("django_version")
    ]
