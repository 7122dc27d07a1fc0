"""Stand-ins for the official images, made of Debian's packages under the official names.

They show that the deployment works with such a program of such a version, run as the compose file
says. That the official images are laid out alike they cannot show.
"""

from __future__ import annotations

import hashlib
import shutil
import ssl
import tempfile
from pathlib import Path

from tests.image.engine import Engine

FILES = Path(__file__).parent / "stand_ins"
SUITE = "trixie"
PYTHON = "localhost/stand-in/python"
DEBIAN = "localhost/stand-in/debian"


def python(engine: Engine) -> str:
    """Return the image that a service's image is built on."""
    _make(engine, "python", PYTHON)
    return PYTHON


def official(engine: Engine, image: str) -> None:
    """Make the stand-in of an image that the compose file names, such as `redis:8-alpine`."""
    _make(engine, image.partition(":")[0], f"localhost/{image}")


def _make(engine: Engine, name: str, tag: str) -> None:
    """Build a stand-in unless the one that is here is of the same files."""
    _debian(engine)
    digest = _digest(name)
    made = engine.attempt("podman", "image", "inspect", "--format={{.Labels.made}}", tag)
    if made.stdout.strip() == digest:
        return
    with tempfile.TemporaryDirectory(prefix="secure-drf-") as folder:
        context = Path(folder)
        shutil.copy2(FILES / "postgres.sh", context)
        if name == "caddy":
            shutil.copy2(_caddy(), context / "caddy")
        dockerfile = FILES / f"{name}.Dockerfile"
        engine.build(context, dockerfile, tag, f"--label=made={digest}")


def _digest(name: str) -> str:
    parts = [FILES / f"{name}.Dockerfile", FILES / "postgres.sh"]
    if name == "caddy":
        parts.append(_caddy())
    return hashlib.sha256(b"".join(part.read_bytes() for part in parts)).hexdigest()[:16]


def _caddy() -> Path:
    found = shutil.which("caddy")
    if found is None:
        message = "caddy is not installed: run `./run image`"
        raise LookupError(message)
    return Path(found)


def _debian(engine: Engine) -> None:
    """Make the base of all: a minimal Debian that trusts whom this machine trusts."""
    if engine.has(DEBIAN):
        return
    with tempfile.TemporaryDirectory(prefix="secure-drf-") as folder:
        context, root = Path(folder), Path(folder) / "root"
        engine("debootstrap", "--variant=minbase", "--include=ca-certificates", SUITE, str(root))
        shutil.rmtree(root / "var/cache/apt/archives")
        shutil.rmtree(root / "var/lib/apt/lists")
        engine("tar", "-C", str(root), "--exclude=./dev/*", "-cf", f"{context}/debian.tar", ".")
        shutil.rmtree(root)
        trusted = ssl.get_default_verify_paths().cafile
        assert trusted, "this machine trusts nobody"
        shutil.copy2(trusted, context / "ca-certificates.crt")
        engine.build(context, FILES / "debian.Dockerfile", DEBIAN)
