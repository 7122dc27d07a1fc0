# option: jwt
"""Keys, good and bad, and what is wrong with the bad ones."""

import base64

from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from jwt_login import keys, pem
from tests.jwt_login import forging

PRIVATE = keys.new_private_key()
PUBLIC = keys.public_text(keys.private_key(PRIVATE).public_key())
OTHER_PUBLIC = keys.public_text(forging.STRANGERS_KEY.public_key())
CUT = PRIVATE.replace("MIG", "MIH")

Private = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey


def private_text(
    key: Private,
    form: PrivateFormat = PrivateFormat.PKCS8,
    encryption: KeySerializationEncryption | None = None,
) -> str:
    return key.private_bytes(Encoding.PEM, form, encryption or NoEncryption()).decode()


def public_text(key: Private) -> str:
    form = PublicFormat.SubjectPublicKeyInfo
    return key.public_key().public_bytes(Encoding.PEM, form).decode()


ED25519_KEY = ed25519.Ed25519PrivateKey.generate()
K1_KEY = ec.generate_private_key(ec.SECP256K1())
PASSWORD = BestAvailableEncryption(b"secret")

BAD_PRIVATE = {
    "nothing": ("", "must hold one PEM key"),
    "blanks": ("  \n", "must hold one PEM key"),
    "a placeholder": ("change-me", "is a placeholder"),
    "the template's mark": ("generate:p256", "is a placeholder"),
    "no PEM": ("c2VjcmV0", "is not a PEM key"),
    "the public key": (PUBLIC, "a public key where the private key belongs"),
    "two keys": (PRIVATE + PRIVATE, "holds 2"),
    "text beside the key": (PRIVATE + "x", "is not a PEM key"),
    "no end": (PRIVATE.partition("-----END")[0], "is not a PEM key"),
    "damaged": (CUT, "a damaged private key"),
    "a placeholder in PEM": (
        "-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----",
        "a damaged private key",
    ),
    "P-384": (private_text(forging.P384_KEY), "not P-256"),
    "secp256k1": (private_text(K1_KEY), "not P-256"),
    "RSA": (private_text(forging.RSA_KEY), "not P-256"),
    "Ed25519": (private_text(ED25519_KEY), "not P-256"),
    "under a password": (
        private_text(forging.STRANGERS_KEY, encryption=PASSWORD),
        "under a password",
    ),
    "under a password, traditional": (
        private_text(forging.STRANGERS_KEY, PrivateFormat.TraditionalOpenSSL, PASSWORD),
        "under a password",
    ),
    "a certificate": (
        "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----",
        "a damaged private key",
    ),
}

BAD_PUBLIC = {
    "a placeholder": ("change-me", "is a placeholder"),
    "no PEM": ("c2VjcmV0", "is not a PEM key"),
    "the private key": (PRIVATE, "a private key where public keys belong"),
    "a private key among them": (PUBLIC + PRIVATE, "a private key where public keys belong"),
    "text between": (PUBLIC + "," + OTHER_PUBLIC, "is not a PEM key"),
    "damaged": (PUBLIC.replace("MFk", "MFl"), "a damaged public key"),
    "P-384": (public_text(forging.P384_KEY), "not P-256"),
    "RSA": (public_text(forging.RSA_KEY), "not P-256"),
}


def without_public_half() -> str:
    """Write the key as short as PKCS#8 allows (RFC 5915: the public half is optional)."""
    secret = keys.private_key(PRIVATE).private_numbers().private_value.to_bytes(32, "big")
    version_and_curve = bytes.fromhex("020100301306072a8648ce3d020106082a8648ce3d030107")
    body = version_and_curve + bytes.fromhex("042730250201010420") + secret
    text = base64.b64encode(bytes([0x30, len(body)]) + body).decode()
    return f"-----BEGIN PRIVATE KEY-----\n{text}\n-----END PRIVATE KEY-----\n"


ONE_LINE = pem.one_line(PRIVATE)
FORMS = {
    "several lines": PRIVATE,
    "one line": ONE_LINE,
    "no line end at the end": ONE_LINE.removesuffix("\\n"),
    "in quotes": f'"{ONE_LINE}"',
    "with blanks around": f"  {PRIVATE}\n\n",
    "without its public half": without_public_half(),
    "CR LF": PRIVATE.replace("\n", "\r\n"),
    "traditional form": private_text(keys.private_key(PRIVATE), PrivateFormat.TraditionalOpenSSL),
}
