"""The processes of a running service that answer requests (Linux)."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

NOT_OURS = b"resource_tracker"  # a process of Python's own that may be beside them


def workers(server: int) -> list[int]:
    """Return the process ids of the workers of a server."""
    children = Path(f"/proc/{server}/task/{server}/children").read_text("ascii").split()
    found = []
    for child in children:
        with suppress(FileNotFoundError):  # it has just ended
            if NOT_OURS not in Path(f"/proc/{child}/cmdline").read_bytes():
                found.append(int(child))
    return found
