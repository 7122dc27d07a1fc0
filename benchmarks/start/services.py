"""The services that are started, installed and compiled as an image would have them."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from benchmarks.start.bare import BARE
from tests.credentials.deployment import NO_LIMIT
from tests.generation.answers import Answer, all_options, bake, values
from tests.matrix import combinations, production
from tests.matrix.environments import Environment, interpreter, lines
from tests.servers.process import ends_with_us, free_port
from tests.smoke import service
from tests.smoke.client import TLS

PATIENCE = 60  # seconds until a start has failed
PAUSE = 0.002  # seconds between two tries
HEADERS = {"Host": "api.example.com", **TLS}


@dataclass(frozen=True)
class Startable:
    """What is started, and how."""

    installed: Environment
    folder: Path
    arguments: list[str]
    variables: dict[str, str]


class StartError(RuntimeError):
    """A service did not start or did not answer 200; the text holds what it printed."""


def installed(project: Path, target: Path) -> Environment:
    """Install what a project declares for production; all of it compiled."""
    python = interpreter(lines()[0])
    command = [
        "uv",
        "sync",
        "--quiet",
        "--no-dev",
        "--all-extras",
        "--compile-bytecode",
        "--no-python-downloads",
    ]
    environment = os.environ | {"UV_PROJECT_ENVIRONMENT": str(target)}
    subprocess.run([*command, "--python", str(python)], cwd=project, env=environment, check=True)
    return Environment(target)


def prepared(folder: Path, database_url: str, redis_url: str, **answers: Answer) -> Startable:
    """Generate a service, install it, and do what comes before its first start."""
    project = bake(folder, **answers)
    first = {question: values(question)[0] for question in combinations.choices()}
    names = combinations.names(dict.fromkeys(all_options(), False) | first | answers)
    variables = production.variables(names, database_url, redis_url)
    variables |= {"BEHIND_TLS_PROXY": "yes"}
    variables |= {f"THROTTLE_{name}": NO_LIMIT for name in ("ANON", "USER", "LOGIN")}
    environment = installed(project, folder / "environment")
    service.prepare(environment, project, variables)
    environment.run(project, "python", "-m", "compileall", "-q", ".")
    return Startable(environment, project, ["config.server"], variables)


def bare(folder: Path, environment: Environment) -> Startable:
    """Write the bare service; it runs in the environment of the other."""
    folder.mkdir()
    (folder / "bare.py").write_text(BARE, encoding="utf-8")
    environment.run(folder, "python", "-m", "compileall", "-q", ".")
    server = ["granian", "--interface", "wsgi", "--blocking-threads", "4"]
    return Startable(environment, folder, [*server, "--no-ws", "bare:application"], {})


@contextmanager
def started(what: Startable, log: Path, workers: int) -> Iterator[tuple[float, int, int]]:
    """Start a service; give the seconds until its first 200, its port and its process."""
    port = free_port()
    variables = what.variables | {"HOST": "127.0.0.1", "PORT": str(port)}
    variables |= {"GRANIAN_HOST": "127.0.0.1", "GRANIAN_PORT": str(port)}
    variables |= {"WORKERS": str(workers), "GRANIAN_WORKERS": str(workers)}
    command = [str(what.installed.folder / "bin" / "python"), "-m", *what.arguments]
    began = time.perf_counter()
    with log.open("wb") as output:
        process = subprocess.Popen(
            ends_with_us(command),
            cwd=what.folder,
            env=what.installed.variables(variables),
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        while not answers(port):
            if process.poll() is not None or time.perf_counter() > began + PATIENCE:
                raise StartError(log.read_text("utf-8", errors="replace"))
            time.sleep(PAUSE)
        yield time.perf_counter() - began, port, process.pid
    finally:
        # Granian waits for ever for a process that was told to stop while it started.
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def answers(port: int) -> bool:
    """Ask once; tell whether anything answered. Raises StartError if that was not a 200."""
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", "/", headers=HEADERS)
        status = connection.getresponse().status
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
    if status != 200:  # noqa: PLR2004 - reads best as a number
        message = f"/ answered {status}"
        raise StartError(message)
    return True
