"""Fixtures and options that every part of the suite may use."""

from __future__ import annotations

import pytest

from tests.matrix import environments, interpreters

pytest_plugins = ["tests.servers.fixtures"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let `./run test-all` ask for the exhaustive matrix."""
    parser.addoption(
        "--every-combination",
        action="store_true",
        help="multiply every answer with every other, instead of spreading the choices",
    )


def pytest_report_header() -> list[str]:
    """Say which interpreters the generated projects run on."""
    newest = interpreters.newest()
    line = str(newest) if newest else "no Python 3.12 or newer found, so its half is not run"
    return [
        f"Django 5.2 LTS: {interpreters.oldest()}",
        f"Django 6.1: {line}",
        f"installed below: {environments.CACHE}",
    ]
