"""A start imports nothing for what is not configured, and hides it from nobody."""

import subprocess
import sys
from itertools import chain

from config.imports import NEEDLESS

STARTED = """
import gc, importlib.util, io, os, sys
import config.server, django
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
django.setup()
import config.urls
assert not gc.isenabled()
print(*sys.modules)
"""
SHARED = """
config.server.share()
print(gc.isenabled(), gc.get_freeze_count() > 10_000, "rest_framework.test" in sys.modules)
from django.core.management import call_command
call_command("spectacular", stdout=io.StringIO())
print("rest_framework.test" in sys.modules)
for name in sys.argv[1:]:
    importlib.util.find_spec(name.partition(".")[0]) and __import__(name)
"""


def printed(code: str, *arguments: str) -> list[str]:
    """Run code; return the words that it prints."""
    run = [sys.executable, "-c", code, *arguments]
    done = subprocess.run(run, capture_output=True, text=True, check=True)  # noqa: S603 - our own
    return done.stdout.split()


def test_the_server_imports_nothing_that_only_happens_to_be_installed() -> None:
    *loaded, enabled, frozen, test_client, described = printed(
        STARTED + SHARED, *chain.from_iterable(NEEDLESS.values())
    )
    assert {"redis", "rest_framework.compat", "drf_spectacular.plumbing"} <= {*loaded}
    needless = {"dotenv", "opentelemetry", "requests", "sentry_sdk", "unittest"}
    assert {*loaded} & needless == set()
    # Processes made later share it: their collector leaves it alone.
    assert (enabled, frozen) == ("True", "True")
    assert (test_client, described) == ("False", "True")


def test_a_process_that_imports_all_anew_looks_for_garbage() -> None:
    code = "import gc, runpy, sys; runpy.run_module('config.server', run_name='__mp_main__')\n"
    code += "print(gc.isenabled(), 'rest_framework.test' in sys.modules)"
    assert printed(code) == ["True", "False"]
