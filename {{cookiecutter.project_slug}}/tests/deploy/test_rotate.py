"""rotate.sh: one secret is made anew, no other changes, and what still needs the old one has it."""

import re
import shutil
from pathlib import Path

import pytest

from tests.deploy.files import DEPLOY, run

MADE_ANEW = re.findall(r"\b([a-z_]+):begin", (DEPLOY / "rotate.sh").read_text("utf-8"))
ADDRESSES = {
    "service_password": {"database_url", "service_role"},
    "owner_password": {"owner_database_url"},
    "redis_password": {"redis_url", "redis_users", "redis_password_before"},
    "redis_operator_password": {"redis_users"},
    "secret_key": {"secret_key_fallbacks"},
}


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Run prepare.sh in a copy of deploy/ and return that, to be copied for each test."""
    folder = tmp_path_factory.mktemp("server") / "deploy"
    shutil.copytree(DEPLOY, folder, ignore=shutil.ignore_patterns("private"))
    assert run("sh", folder / "prepare.sh").returncode == 0
    return folder


@pytest.fixture
def private(tmp_path: Path, prepared: Path) -> Path:
    """Return a folder as prepare.sh makes it, in a copy of deploy/."""
    shutil.copytree(prepared, tmp_path / "deploy")
    return tmp_path / "deploy" / "private"


def contents(private: Path) -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in private.iterdir() if path.is_file()}


def rotate(private: Path, *arguments: str) -> set[str]:
    """Run it and return the names of the files that are new or changed."""
    before = contents(private)
    done = run("sh", private.parent / "rotate.sh", *arguments)
    assert done.returncode == 0, done.stderr
    after = contents(private)
    return {name for name, text in after.items() if before.get(name) != text}


@pytest.mark.parametrize("name", [name for name in MADE_ANEW if name.endswith("password")])
def test_a_password_and_what_is_made_of_it_change_and_nothing_else(
    private: Path, name: str
) -> None:
    assert rotate(private, name) == {name} | ADDRESSES.get(name, set())
    assert len((private / name).read_text("utf-8").strip()) == 64


def test_older_keys_go_on_to_verify_until_the_end(private: Path) -> None:
    keys = [(private / "secret_key").read_text("utf-8").strip()]
    for _ in range(2):
        assert rotate(private, "secret_key") == {"secret_key", "secret_key_fallbacks"}
        fallbacks = (private / "secret_key_fallbacks").read_text("utf-8").strip()
        assert fallbacks.split(",") == keys[::-1]
        keys.append((private / "secret_key").read_text("utf-8").strip())
    assert rotate(private, "secret_key", "end") == {"secret_key_fallbacks"}
    assert (private / "secret_key_fallbacks").read_text("utf-8") == ""


def test_the_roles_of_the_service_take_turns(private: Path) -> None:
    for role in ("service_b", "service"):
        rotate(private, "service_password")
        assert f"//{role}:" in (private / "database_url").read_text("utf-8")


def test_redis_takes_both_passwords_until_the_end(private: Path) -> None:
    def hashes() -> list[str]:
        (user,) = re.findall(
            r"^user service on (.*?) ~", contents(private)["redis_users"], re.MULTILINE
        )
        return str(user).split()

    (before,) = hashes()
    rotate(private, "redis_password")
    new, old = hashes()
    assert old == before != new
    assert run("sh", private.parent / "rotate.sh", "redis_password").returncode == 1
    rotate(private, "redis_password", "end")
    assert hashes() == [new]


# option: jwt
def test_the_next_signing_key_is_known_before_it_signs(private: Path) -> None:
    def public(name: str) -> str:
        return run("openssl", "pkey", "-in", private / name, "-pubout").stdout

    first = public("jwt_private_key")
    assert rotate(private, "jwt_private_key") == {"jwt_private_key_next", "jwt_verify_keys"}
    following = (private / "jwt_verify_keys").read_text("utf-8")
    assert following == public("jwt_private_key_next") != first
    rotate(private, "jwt_private_key", "switch")
    assert public("jwt_private_key") == following
    assert (private / "jwt_verify_keys").read_text("utf-8") == first
    assert run("sh", private.parent / "rotate.sh", "jwt_private_key", "switch").returncode == 1
    rotate(private, "jwt_private_key", "end")
    assert (private / "jwt_verify_keys").read_text("utf-8") == ""


# end option
@pytest.mark.parametrize("arguments", [[], ["nothing"], ["owner_password", "end"], ["", ""]])
def test_what_it_does_not_know_changes_nothing(private: Path, arguments: list[str]) -> None:
    before = contents(private)
    done = run("sh", private.parent / "rotate.sh", *arguments)
    assert done.returncode == 1
    assert "rotate: no such secret" in done.stderr
    assert contents(private) == before
