"""Secrets are made on the server, kept in closed files, and written nowhere else."""

import re
import shutil
import stat
from pathlib import Path
from typing import Any

import pytest

from tests.deploy.files import DEPLOY, PROJECT, compose, run
from tests.deploy.test_variables import PRODUCTION

LITERALS = {
    "a private key": r"BEGIN [A-Z ]*PRIVATE KEY",
    "a password in an address": r"://[^/\s:@]+:(?!\$)[^/\s@]+@",
    "a long random text": r"\b[0-9A-Fa-f]{32,}\b|\b[0-9A-Za-z+/_-]{60,}={0,2}\b",
    "a value that is named as a secret": (
        r"(?i)^[ -]*[\w-]*(password|secret|token|secret_key)[\"']?[ ]?[:=][ ]?[\"']?[a-z0-9]{8,}"
    ),
}
EMPTY_UNTIL_A_KEY_IS_CHANGED = ("_fallbacks", "_verify_keys")
PASSWORDS = ("owner_password", "service_password", "backup_password", "redis_password")


@pytest.fixture(scope="module")
def private(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Run prepare.sh in a copy of deploy/ and return the folder that it made."""
    folder = tmp_path_factory.mktemp("server") / "deploy"
    shutil.copytree(DEPLOY, folder, ignore=shutil.ignore_patterns("private"))
    done = run("sh", folder / "prepare.sh")
    assert done.returncode == 0, done.stderr
    return folder / "private"


def test_every_secret_of_compose_is_made(private: Path) -> None:
    wanted: dict[str, dict[str, Any]] = compose()["secrets"]
    for name, secret in wanted.items():
        assert secret == {"file": f"private/{name}"}
        empty = not (private / name).read_text("utf-8").strip()
        assert empty is name.endswith(EMPTY_UNTIL_A_KEY_IS_CHANGED), name


def test_only_the_owner_and_root_reach_the_secrets(private: Path) -> None:
    assert stat.S_IMODE(private.stat().st_mode) == 0o700


def test_a_second_run_keeps_every_secret(private: Path) -> None:
    before = {path.name: path.read_bytes() for path in private.iterdir() if path.is_file()}
    assert run("sh", private.parent / "prepare.sh").returncode == 0
    assert {path.name: path.read_bytes() for path in private.iterdir() if path.is_file()} == before


def test_no_two_secrets_are_alike_and_none_is_short(private: Path) -> None:
    secrets = {(private / name).read_text("utf-8").strip() for name in PASSWORDS}
    assert len(secrets) == len(PASSWORDS)
    assert min(map(len, secrets)) == 64


def test_a_removed_password_is_made_anew_and_reaches_the_addresses(private: Path) -> None:
    for name, user in (("service_password", "database_url"), ("redis_password", "redis_url")):
        before = (private / name).read_text("utf-8")
        (private / name).unlink()
        assert run("sh", private.parent / "prepare.sh").returncode == 0
        after = (private / name).read_text("utf-8")
        assert after != before
        assert f":{after.strip()}@" in (private / user).read_text("utf-8")


def test_redis_keeps_no_readable_password(private: Path) -> None:
    password = (private / "redis_password").read_text("utf-8").strip()
    assert password not in (private / "redis_users").read_text("utf-8")


@pytest.mark.parametrize("name", ["service", "migrate"])
def test_production_accepts_what_is_made(private: Path, name: str) -> None:
    environment = dict(compose()["services"][name]["environment"])
    for key, value in environment.items():
        if key.endswith("_FILE"):
            environment[key] = str(private / Path(value).name)
    # The answers of whoever made this project are not what is tried here.
    environment["ALLOWED_HOSTS"] = "api.example.com"
    environment["CORS_ALLOWED_ORIGINS"] = "https://app.example.com"  # option: cors
    environment["TOKEN_LIFETIME_HOURS"] = "24"  # option: token_expiry or jwt
    # option: jwt
    environment["JWT_ISSUER"] = "https://api.example.com"
    environment["JWT_AUDIENCE"] = "https://api.example.com"
    # end option
    done = run(*PRODUCTION, **environment)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("what", LITERALS)
def test_no_file_of_a_deployment_holds_a_secret(what: str) -> None:
    pattern = re.compile(LITERALS[what], re.MULTILINE)
    for path in DEPLOY.rglob("*"):
        if path.is_file() and "private" not in path.relative_to(PROJECT).parts:
            assert not pattern.search(path.read_text("utf-8")), path


def test_secrets_reach_neither_git_nor_the_image() -> None:
    for name in (".gitignore", ".dockerignore"):
        lines = (PROJECT / name).read_text("utf-8").splitlines()
        assert "deploy/private/" in lines or "deploy/" in lines, name
        assert {".env", "**/.env"} & set(lines), name
