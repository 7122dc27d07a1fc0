"""Logins at once take the memory that size and number of the hashes say, and no more."""

import subprocess
import sys

LOGINS = 8
AT_ONCE = 2
MIB_EACH = 19
ALLOWED_MIB = AT_ONCE * MIB_EACH + 24  # threads and the allocator's own share

# In a process of its own, whose peak is not that of the tests before.
PROGRAM = f"""
import resource, sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from django.conf import settings
from accounts.hashers import SizedArgon2PasswordHasher

def peak_mib():
    if sys.platform == "linux":  # where the other figure begins with the peak of the parent
        status = Path("/proc/self/status").read_text()
        return int(status.partition("VmHWM:")[2].split()[0]) / 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)

settings.HASHES_AT_ONCE, settings.HASH_CALLERS_AT_ONCE = {AT_ONCE}, {LOGINS}
hasher = SizedArgon2PasswordHasher()
before = peak_mib()
with ThreadPoolExecutor({LOGINS}) as pool:
    list(pool.map(lambda _: hasher.encode("a password", "a" * 16), range({LOGINS})))
print(peak_mib() - before)
"""


def test_parallel_logins_stay_inside_a_budget() -> None:
    command = [sys.executable, "-c", PROGRAM]
    done = subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own program
    assert 0 < float(done.stdout) < ALLOWED_MIB
