"""`.env` gets secrets of its own, once, and only its owner may read it."""

import os
import re
import stat
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from hooks import post_gen_project
from hooks.post_gen_project import environment, finish, p256_key

ANSWERS: dict[str, Any] = {"use_on": True, "use_off": False, "_choices": {}}
EXAMPLE = """\
# How to: `SECRET_KEY=...`
SECRET_KEY=generate:secret
JWT_PRIVATE_KEY=generate:p256  # option: on
OTHER_KEY=generate:secret  # option: off
PLAIN=value
"""


def generated(folder: Path, example: str = EXAMPLE) -> str:
    """Return the `.env` that the hook writes."""
    folder.mkdir(exist_ok=True)
    (folder / ".env.example").write_bytes(example.encode())
    assert finish(folder, ANSWERS) is None
    return (folder / ".env").read_bytes().decode()


def test_secrets_are_filled_in_after_options_were_removed(tmp_path: Path) -> None:
    comment, secret, key, plain = generated(tmp_path).splitlines()
    assert comment == "# How to: `SECRET_KEY=...`"
    assert re.fullmatch("SECRET_KEY=[A-Za-z0-9_-]{64,}", secret)
    assert key.startswith('JWT_PRIVATE_KEY="-----BEGIN PRIVATE KEY-----\\n')
    assert plain == "PLAIN=value"


def test_the_example_keeps_no_secret(tmp_path: Path) -> None:
    generated(tmp_path)
    example = (tmp_path / ".env.example").read_text(encoding="utf-8")
    assert example.splitlines()[1:3] == [
        "SECRET_KEY=generate:secret",
        "JWT_PRIVATE_KEY=generate:p256",
    ]


def test_no_two_secrets_are_alike(tmp_path: Path) -> None:
    example = "A=generate:secret\nB=generate:secret\nC=generate:p256\nD=generate:p256\n"
    texts = [generated(tmp_path / name, example) for name in ("one", "two")]
    values = [line.partition("=")[2] for text in texts for line in text.splitlines()]
    assert len(set(values)) == 8


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_only_the_owner_may_read_it_whatever_the_umask(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        generated(tmp_path)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / ".env").stat().st_mode) == 0o600


def test_nobody_else_may_read_it_while_it_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    modes: list[int] = []

    def watched(example: str) -> str:
        modes.append(stat.S_IMODE((tmp_path / ".env").stat().st_mode))
        return environment(example)

    monkeypatch.setattr(post_gen_project, "environment", watched)
    generated(tmp_path)
    assert modes == [0o600]


def test_an_existing_one_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("MINE=1\n", encoding="utf-8")
    assert generated(tmp_path) == "MINE=1\n"


def test_a_link_in_its_place_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / ".env").symlink_to(tmp_path / "elsewhere")
    (tmp_path / ".env.example").write_bytes(EXAMPLE.encode())
    assert finish(tmp_path, ANSWERS) is None
    assert not (tmp_path / "elsewhere").exists()


def test_without_an_example_none_is_written(tmp_path: Path) -> None:
    assert finish(tmp_path, ANSWERS) is None
    assert list(tmp_path.iterdir()) == []


def test_line_ends_of_the_example_are_kept(tmp_path: Path) -> None:
    text = generated(tmp_path, "A=generate:secret  \r\nB=generate:p256\t\r\n")
    assert re.fullmatch(r'A=[\w-]{64,}\r\nB="-----BEGIN .*-----\\n"\r\n', text)


@pytest.mark.parametrize("scalar", ["random", 1, post_gen_project.P256_ORDER - 1])
def test_a_key_is_a_p256_private_key_on_one_line(
    scalar: int | str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if isinstance(scalar, int):
        # RFC 5915: the key is a number from 1 to the order of the curve, exclusive.
        monkeypatch.setattr(os, "urandom", (scalar - 1).to_bytes)
    text = p256_key()
    assert "\n" not in text
    assert text[0] == text[-1] == '"'
    pem = text[1:-1].replace("\\n", "\n")
    assert max(map(len, pem.splitlines())) <= 64
    key = load_pem_private_key(pem.encode(), password=None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    assert isinstance(key.curve, ec.SECP256R1)
    if isinstance(scalar, int):
        assert key.private_numbers().private_value == scalar
