"""podman and buildah with images, networks and volumes of their own, under `.cache/`."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.matrix.environments import CACHE

PROGRAMS = ("podman", "buildah", "runc", "debootstrap")
# Nothing of systemd is asked for, so that it works inside a container or a small machine, too.
# Names without a host are looked for here, not in a registry.
CONTAINERS_CONF = """\
[containers]
default_ulimits = ["nofile=1024:1024", "nproc=1024:1024"]
[engine]
cgroup_manager = "cgroupfs"
compat_api_enforce_docker_hub = false
events_logger = "file"
runtime = "runc"
[network]
network_backend = "netavark"
network_config_dir = "{folder}/networks"
"""
STORAGE_CONF = """\
[storage]
driver = "{driver}"
graphroot = "{folder}/{driver}"
runroot = "{folder}/run"
"""


class EngineError(AssertionError):
    """A command failed; the message carries all that it printed."""


@dataclass(frozen=True)
class Engine:
    """Runs the programs; what they keep is in `folder`."""

    folder: Path

    @property
    def variables(self) -> dict[str, str]:
        """Environment in which the programs find what is here and nothing else."""
        return os.environ | {
            "CONTAINERS_CONF": str(self.folder / "containers.conf"),
            "CONTAINERS_STORAGE_CONF": str(self.folder / "storage.conf"),
        }

    def __call__(self, *command: str, stdin: str = "") -> str:
        """Run a command; return its standard output, or raise EngineError."""
        done = self.attempt(*command, stdin=stdin)
        if done.returncode != 0:
            message = f"{' '.join(command)}: {done.returncode}\n{done.stdout}{done.stderr}"
            raise EngineError(message)
        return done.stdout

    def attempt(self, *command: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        """Run a command that may fail."""
        return subprocess.run(
            command,
            env=self.variables,
            input=stdin,
            check=False,
            capture_output=True,
            text=True,
        )

    def build(self, context: Path, dockerfile: Path, tag: str, *arguments: str) -> None:
        """Build an image without the network and the processes of a container of its own."""
        self(
            *("buildah", "build", "--isolation=chroot", "--network=host", "--format=docker"),
            *arguments,
            *("--file", str(dockerfile), "--tag", tag, str(context)),
        )

    def has(self, image: str) -> bool:
        """Whether an image is here."""
        return self.attempt("podman", "image", "exists", image).returncode == 0

    def megabytes(self, image: str) -> float:
        """Return the size of an image, its base included."""
        size = self("podman", "image", "inspect", "--format={{.Size}}", image)
        return int(size) / 1_000_000


@cache
def engine() -> Engine:
    """Return the engine, with overlays where the file system has them, else with copies."""
    missing = [name for name in PROGRAMS if not shutil.which(name)]
    if missing:
        message = f"apt-get install {' '.join(missing)}: `./run image` needs them"
        raise LookupError(message)
    folder = CACHE / "image"
    (folder / "networks").mkdir(parents=True, exist_ok=True)
    (folder / "containers.conf").write_text(CONTAINERS_CONF.format(folder=folder))
    made = Engine(folder)
    for driver in ("overlay", "vfs"):
        storage = STORAGE_CONF.format(folder=folder, driver=driver)
        (folder / "storage.conf").write_text(storage)
        if made.attempt("podman", "info").returncode == 0:
            return made
    message = made.attempt("podman", "info").stderr
    raise LookupError(message)
