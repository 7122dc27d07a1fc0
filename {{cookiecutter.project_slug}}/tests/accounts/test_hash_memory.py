"""Logins at once take the memory that the size of the hash says, and no more."""

import subprocess
import sys

LOGINS = 8
MIB_EACH = 19
ALLOWED_MIB = LOGINS * MIB_EACH + 24  # threads and the allocator's own share

# In a process of its own, whose peak is not that of the tests before.
PROGRAM = f"""
import resource, sys
from concurrent.futures import ThreadPoolExecutor
from accounts.hashers import SizedArgon2PasswordHasher

def peak_mib():
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)

hasher = SizedArgon2PasswordHasher()
before = peak_mib()
with ThreadPoolExecutor({LOGINS}) as pool:
    list(pool.map(lambda _: hasher.encode("a password", "a" * 16), range({4 * LOGINS})))
print(peak_mib() - before)
"""


def test_parallel_logins_stay_inside_a_budget() -> None:
    command = [sys.executable, "-c", PROGRAM]
    done = subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own program
    assert 0 < float(done.stdout) < ALLOWED_MIB
