"""A start imports nothing for what is not configured, and hides it from nobody."""

import subprocess
import sys

from config.imports import NEEDLESS

SHOWN = """
import sys, importlib.util
import config.server
print(*sys.modules)
for name in sys.argv[1:]:
    importlib.util.find_spec(name.partition(".")[0]) and __import__(name)
"""


def test_the_server_imports_nothing_that_only_happens_to_be_installed() -> None:
    run = [sys.executable, "-c", SHOWN, *NEEDLESS.values()]
    done = subprocess.run(run, capture_output=True, text=True, check=True)  # noqa: S603 - our own
    loaded = {*done.stdout.split()}
    assert {"redis", "rest_framework.compat"} <= loaded
    assert loaded & {"opentelemetry", "requests", "sentry_sdk", "drf_spectacular_sidecar"} == set()


def test_what_is_imported_before_processes_are_made_is_left_alone_by_their_collector() -> None:
    code = "import gc\nfrom config.imports import share\nassert not gc.isenabled()\nshare()\n"
    code += "print(gc.isenabled(), gc.get_freeze_count() > 10_000)"
    run = [sys.executable, "-c", code]
    done = subprocess.run(run, capture_output=True, text=True, check=True)  # noqa: S603 - our own
    assert done.stdout.split() == ["True", "True"]
