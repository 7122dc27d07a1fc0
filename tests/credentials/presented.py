"""Tokens that another service may be shown: one that is genuine, and what must be refused."""

from __future__ import annotations

import json
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from typing import Any

import jwt

from tests.matrix.production import private_key


@dataclass(frozen=True)
class Presented:
    """A token and the code with which jose refuses it; none if it is genuine."""

    token: str
    refusal: str | None = None


def presented(pair: dict[str, str], signing_key: str) -> dict[str, Presented]:
    """Return tokens by what they are; several are the service's own in all but one claim."""
    access = pair["access"]
    claims: dict[str, Any] = jwt.decode(access, options={"verify_signature": False})
    headers = jwt.get_unverified_header(access)

    def signed(key: str = signing_key, **changed: Any) -> str:
        pem = key.replace("\\n", "\n")
        return jwt.encode(claims | changed, pem, algorithm="ES256", headers=headers)

    now = int(time.time())
    times: dict[str, Any] = {"iat": now - 600, "nbf": now - 600, "exp": now - 120}
    invalid = "ERR_JWT_CLAIM_VALIDATION_FAILED"
    forged = "ERR_JWS_SIGNATURE_VERIFICATION_FAILED"
    return {
        "genuine": Presented(access),
        "signed again": Presented(signed()),
        "tampered": Presented(tampered(access), forged),
        "expired": Presented(signed(**times), "ERR_JWT_EXPIRED"),
        "not valid yet": Presented(signed(nbf=now + 3600), invalid),
        "for others": Presented(signed(aud="https://other.example.com"), invalid),
        "by others": Presented(signed(iss="https://other.example.com"), invalid),
        "with another key": Presented(signed(private_key()), forged),
        "unsigned": Presented(unsigned(access), "ERR_JOSE_ALG_NOT_ALLOWED"),
        "refresh": Presented(pair["refresh"], invalid),
    }


def tampered(token: str) -> str:
    """Return a token that speaks for another account."""
    header, payload, signature = token.split(".")
    claims = json.loads(urlsafe_b64decode(payload + "=="))
    return ".".join([header, encoded(claims | {"sub": claims["sid"]}), signature])


def unsigned(token: str) -> str:
    """Return a token that says it needs no signature (RFC 8725, 2.1)."""
    headers = jwt.get_unverified_header(token) | {"alg": "none"}
    return ".".join([encoded(headers), token.split(".")[1], ""])


def encoded(value: dict[str, Any]) -> str:
    """Return one part of a token (RFC 7515, section 2)."""
    return urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")
