"""Find the servers that come in Python packages."""

from __future__ import annotations

import importlib.util
from pathlib import Path


def wheel_folder(package: str) -> Path | None:
    """Return the folder of an installed package that brings a server, without importing it."""
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(spec.submodule_search_locations[0])
