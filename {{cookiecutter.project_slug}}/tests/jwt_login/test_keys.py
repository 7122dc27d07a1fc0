# option: jwt
"""Keys are read with care, and what is wrong is said in one sentence."""

import hashlib

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from config.faults import ValidationError
from jwt_login import keys, pem
from tests.jwt_login import forging
from tests.jwt_login.key_samples import (
    BAD_PRIVATE,
    BAD_PUBLIC,
    FORMS,
    OTHER_PUBLIC,
    PRIVATE,
    PUBLIC,
)


@pytest.mark.parametrize(("text", "reason"), BAD_PRIVATE.values(), ids=BAD_PRIVATE.keys())
def test_a_bad_private_key_is_refused_with_a_reason_and_not_repeated(
    text: str, reason: str
) -> None:
    with pytest.raises(ValueError, match=reason):
        keys.private_key(text)
    with pytest.raises(ValidationError, match=reason) as refused:
        keys.read_private_key(text)
    assert not any(line in str(refused.value) for line in text.splitlines() if len(line) > 20)


@pytest.mark.parametrize(("text", "reason"), BAD_PUBLIC.values(), ids=BAD_PUBLIC.keys())
def test_a_bad_public_key_is_refused_with_a_reason(text: str, reason: str) -> None:
    with pytest.raises(ValidationError, match=reason):
        keys.read_public_keys(text)


@pytest.mark.parametrize("text", FORMS.values(), ids=FORMS.keys())
def test_a_private_key_is_read_in_every_form_that_environments_give_it(text: str) -> None:
    read = keys.private_key(keys.read_private_key(text))
    assert read.private_numbers() == keys.private_key(PRIVATE).private_numbers()


def test_verify_keys_are_any_number_of_blocks_in_one_variable() -> None:
    assert keys.read_public_keys("") == []
    for text in (PUBLIC + OTHER_PUBLIC, pem.one_line(PUBLIC) + " " + pem.one_line(OTHER_PUBLIC)):
        read = [keys.public_key(block) for block in keys.read_public_keys(text)]
        assert [keys.public_text(key) for key in read] == [PUBLIC, OTHER_PUBLIC]


def test_the_key_id_is_the_thumbprint_of_rfc_7638() -> None:
    jwk = keys.jwk(keys.public_key(PUBLIC))
    required = f'{{"crv":"P-256","kty":"EC","x":"{jwk["x"]}","y":"{jwk["y"]}"}}'
    digest = hashlib.sha256(required.encode()).digest()
    assert jwk["kid"] == keys.key_id(keys.public_key(PUBLIC)) == forging.encode(digest)
    assert len(forging.decode(jwk["x"])) == len(forging.decode(jwk["y"])) == 32
    assert "d" not in jwk


def test_a_coordinate_keeps_its_leading_zeros() -> None:
    """RFC 7518, 6.2.1.2: always 32 octets; one key in 256 shows the mistake."""
    short = next(
        key
        for secret in range(1, 5000)
        if (key := ec.derive_private_key(secret, ec.SECP256R1()).public_key())
        .public_numbers()
        .x.bit_length()
        <= 248
    )
    assert len(forging.decode(keys.jwk(short)["x"])) == 32
