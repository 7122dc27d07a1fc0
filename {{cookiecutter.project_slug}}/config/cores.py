"""How many processor cores this process may use."""

import os
from pathlib import Path

QUOTA = Path("/sys/fs/cgroup/cpu.max")  # a container's (cgroups v2): "200000 100000", "max 100000"


def usable_cores(quota: Path = QUOTA) -> int:
    """Return the cores that the system and the container's limit allow, at least one."""
    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    cores = allowed or 1
    try:
        used, period = quota.read_text("ascii").split()
        cores = min(cores, int(used) // int(period))
    except (OSError, ValueError):  # no container, or one without a limit
        pass
    return max(1, cores)
