# option: jwt
"""The one answer to every token that is not accepted."""

from guard.exceptions import AlreadyReported, CredentialRefused


class InvalidToken(CredentialRefused):
    """401 without a reason: what exactly is wrong would only help a forger (ASVS 16.5.1)."""

    default_detail = "The token is not valid."
    default_code = "token_not_valid"


class ReusedToken(AlreadyReported, InvalidToken):
    """The same answer, after the event that says what happened."""
