"""What the compose files say, as environments of processes on this machine."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

SECRETS = "/run/secrets/"


@dataclass(frozen=True)
class Addresses:
    """Ports of the servers that stand in for the containers."""

    database: int
    redis: int

    def here(self, text: str) -> str:
        """Return an address with the names of containers replaced."""
        text = text.replace("@database:5432", f"@127.0.0.1:{self.database}")
        return text.replace("@redis:6379", f"@127.0.0.1:{self.redis}")


def services(deploy: Path) -> dict[str, Any]:
    """Return the containers of both compose files."""
    found: dict[str, Any] = {}
    for name in ("compose-data.yaml", "compose.yaml"):
        found |= yaml.safe_load((deploy / name).read_text("utf-8"))["services"]
    return found


def environment(
    deploy: Path, name: str, addresses: Addresses, shell: Mapping[str, str]
) -> dict[str, str]:
    """Return the environment of a container; only its own secrets are in reach."""
    service = services(deploy)[name]
    mounted = set(service.get("secrets", []))
    found = {}
    for key, value in service.get("environment", {}).items():
        text = _interpolated(str(value), shell)
        if text.startswith(SECRETS):
            secret = text.removeprefix(SECRETS)
            assert secret in mounted, f"{name} has no secret {secret}"
            if key in {"DATABASE_URL_FILE", "REDIS_URL_FILE"}:
                content = (deploy / "private" / secret).read_text("utf-8").strip()
                found[key.removesuffix("_FILE")] = addresses.here(content)
                continue
            text = str(deploy / "private" / secret)
        found[key] = text
    if "PGHOST" in found:
        found |= {"PGHOST": "127.0.0.1", "PGPORT": str(addresses.database)}
    return found


def _interpolated(text: str, shell: Mapping[str, str]) -> str:
    return re.sub(r"\$\{(\w+):-([^}]*)\}", lambda match: shell.get(match[1]) or match[2], text)
