# option: jwt
"""The table of attacks on a token: what is done to it, by name."""

from collections.abc import Callable
from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding

from jwt_login import keys
from jwt_login.claims import CLAIMS
from tests.jwt_login import forging
from tests.jwt_login.forging import with_claims, with_headers

Attack = Callable[[str], str]

STRANGERS_JWK = keys.jwk(forging.STRANGERS_KEY.public_key())
DAY = 86_400


def headers(key: Any = None, algorithm: str = "ES256", **changes: Any) -> Attack:
    """Change headers."""
    return lambda token: with_headers(token, key, algorithm, **changes)


def claims(**changes: Any) -> Attack:
    """Change claims."""
    return lambda token: with_claims(token, **changes)


def moved(name: str, seconds: int) -> Attack:
    """Move a time."""
    return lambda token: with_claims(token, **{name: forging.parts(token)[1][name] + seconds})


def payload(value: Any) -> Attack:
    """Sign something else than an object of claims."""
    return lambda token: forging.sign(forging.parts(token)[0], value)


# The signature is missing, of somebody else, or of another algorithm.
SIGNATURES: dict[str, Attack] = {
    "none": lambda token: with_headers(token, alg="none").rpartition(".")[0] + ".",
    "NonE": lambda token: with_headers(token, alg="NonE").rpartition(".")[0] + ".",
    "none, signed": headers(alg="none"),
    "no alg": headers(alg=...),
    "alg null": headers(alg=None),
    "alg a list": headers(alg=["ES256"]),
    "alg in small letters": headers(alg="es256"),
    "HS256 with the public PEM": lambda token: forging.with_secret(token, Encoding.PEM),
    "HS256 with the public DER": lambda token: forging.with_secret(token, Encoding.DER),
    "ES384": headers(forging.P384_KEY, "ES384", alg="ES384"),
    "ES384 called ES256": headers(forging.P384_KEY, "ES384"),
    "RS256": headers(forging.RSA_KEY, "RS256", alg="RS256"),
    "RS256 called ES256": headers(forging.RSA_KEY, "RS256"),
    "a stranger's key": headers(forging.STRANGERS_KEY),
    "a tampered claim": forging.tampered,
    "signature stripped": lambda token: token.rpartition(".")[0] + ".",
    "signature and dot stripped": lambda token: token.rpartition(".")[0],
    "signature of zeros": lambda token: forging.with_signature(token, bytes(64)),
    "signature cut": lambda token: token[:-4],
    "signature padded": lambda token: token + "==",
    "a fourth part": lambda token: token + ".e30",
}

# The signature is ours throughout: it is the headers that are refused.
HEADERS: dict[str, Attack] = {
    "crit": headers(crit=["exp"]),
    "crit b64": headers(crit=["b64"], b64=True),
    "crit empty": headers(crit=[]),
    "b64": headers(b64=True),
    "jwk of a stranger": headers(forging.STRANGERS_KEY, jwk=STRANGERS_JWK),
    "jwk and kid of a stranger": headers(
        forging.STRANGERS_KEY, jwk=STRANGERS_JWK, kid=STRANGERS_JWK["kid"]
    ),
    "jwk": headers(jwk={}),
    "jku": headers(jku="https://evil.test/jwks.json"),
    "x5u": headers(x5u="https://evil.test/chain.pem"),
    "x5c": headers(x5c=["MIIB"]),
    "zip": headers(zip="DEF"),
    "kid unknown": headers(kid="unknown"),
    "kid a path": headers(kid="../../../../dev/null"),
    "kid missing": headers(kid=...),
    "kid null": headers(kid=None),
    "kid a number": headers(kid=1),
    "kid a list": headers(kid=[]),
    "typ missing": headers(typ=...),
    "typ JWT": headers(typ="JWT"),
    "typ a list": headers(typ=["at+jwt"]),
    "no object": lambda token: forging.sign([], forging.parts(token)[1]),
    "no JSON": lambda token: forging.sign(b"{", forging.parts(token)[1]),
    "not UTF-8": lambda token: forging.sign(b"\xff\xfe", forging.parts(token)[1]),
}

ODD_TYPES: list[Any] = [None, True, {}, [], "", 1.5, -1, 10**30, "\ud800", "1"]

# Signature and headers are ours throughout: it is the claims that are refused.
CLAIM_VALUES: dict[str, Attack] = {
    "payload a list": payload([]),
    "payload a text": payload("claims"),
    "payload no JSON": payload(b"{"),
    "payload not UTF-8": payload(b"\xff\xfe"),
    "payload NaN": payload(b'{"exp": NaN}'),
    "payload infinite": payload(b'{"exp": 1e999, "nbf": 1e999, "iat": 1e999}'),
    "payload deep": payload(b"[" * 1500),
    **{f"{name} missing": claims(**{name: ...}) for name in CLAIMS},
    **{f"{n} is {odd!a}": claims(**{n: odd}) for n in CLAIMS for odd in ODD_TYPES},
    "iss of another": claims(iss="https://evil.test"),
    "aud of another": claims(aud="https://evil.test"),
    "aud a list with ours": lambda token: with_claims(token, aud=[forging.parts(token)[1]["aud"]]),
    "sub no UUID": claims(sub="admin"),
    "sid no UUID": claims(sid="1' OR '1'='1"),
    "jti no UUID": claims(jti="1"),
    "nbf in the future": moved("nbf", DAY),
    "iat in the future": moved("iat", DAY),
    "expired": claims(exp=1),
    "exp a text": claims(exp="9999999999"),
    "exp a fraction": claims(exp=9_999_999_999.5),
}

ATTACKS = SIGNATURES | HEADERS | CLAIM_VALUES
