"""On what it was measured: processor, versions, and what else the machine did."""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import psycopg
from redis import Redis

from tests.credentials.deployment import Deployment
from tests.matrix.environments import REPOSITORY

PACKAGES = ("Django", "djangorestframework", "granian", "psycopg", "redis")
VERSIONS = (
    "import sys, importlib.metadata as m;"
    "print(', '.join(n + ' ' + m.version(n) for n in sys.argv[1:]))"
)
MEGABYTE = 1024**2


def processor_name() -> str:
    """Return what the processor calls itself."""
    information = Path("/proc/cpuinfo")
    text = information.read_text("utf-8") if information.exists() else ""
    found = re.search(r"^model name\s*: (.*)$", text, re.MULTILINE)
    return found[1] if found else platform.processor() or platform.machine()


def load_average() -> list[float]:
    """Return how many processes wanted a core, over 1, 5 and 15 minutes."""
    return [round(value, 2) for value in os.getloadavg()]


def wrk_version() -> str | None:
    """Return wrk's version, None without wrk."""
    if not shutil.which("wrk"):
        return None
    done = subprocess.run(["wrk", "--version"], check=False, capture_output=True, text=True)
    return (done.stdout or done.stderr).split("[")[0].strip()


def commit() -> str:
    """Return what was measured."""
    command = ["git", "describe", "--always", "--dirty"]
    done = subprocess.run(command, cwd=REPOSITORY, check=False, capture_output=True, text=True)
    return done.stdout.strip() or "unknown"


def described(deployed: Deployment, server_url: str, redis_url: str) -> dict[str, object]:
    """Return the machine and the versions of all that takes part."""
    python = str(deployed.installed.folder / "bin" / "python")
    asked = subprocess.run(
        [python, "-c", VERSIONS, *PACKAGES], check=True, capture_output=True, text=True
    )
    version = subprocess.run([python, "-V"], check=True, capture_output=True, text=True)
    with psycopg.connect(server_url) as connection, Redis.from_url(redis_url) as client:
        postgresql = connection.info.server_version
        redis = client.info("server")["redis_version"]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // MEGABYTE
    return {
        "measured": datetime.now(UTC).date().isoformat(),
        "commit": commit(),
        "processor": processor_name(),
        "cores": len(os.sched_getaffinity(0)),
        "memory_mb": memory,
        "system": f"{platform.system()} {platform.release()}",
        "python": version.stdout.split()[-1],
        "postgresql": f"{postgresql // 10_000}.{postgresql % 10_000}",
        "redis": redis,
        "wrk": wrk_version(),
        "packages": asked.stdout.strip(),
    }
