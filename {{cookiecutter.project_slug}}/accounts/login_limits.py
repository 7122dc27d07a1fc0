"""How often a password may be tried (OWASP ASVS 6.3.1), without locking anybody out.

Every try counts for the network it comes from, failed ones also for the account, there and
everywhere. An account that is under attack from many networks stays open to its owner: from then
on each network has few tries at it, and one that has not failed yet always has the first.
"""

import hashlib
from dataclasses import dataclass

from limits import RateLimitItem, RateLimitItemPerHour

from guard.client_address import client_network
from guard.limits import ask, rate_of

# Multiples of the count in THROTTLE_LOGIN: with 10/minute these are 50 and 100 an hour.
FAILURES_OF_PAIR = 5
FAILURES_OF_ACCOUNT = 10
UNDER_ATTACK = RateLimitItemPerHour(2)


@dataclass(frozen=True, slots=True)
class LoginTry:
    """One try: an account name, whether there is such an account or not, and a network."""

    account: str
    network: str

    @classmethod
    def of(cls, username: str, address: str) -> "LoginTry":
        """Name the try; the store gets a digest of what a caller typed."""
        digest = hashlib.sha256(username.encode(errors="replace")).hexdigest()
        return cls(digest, client_network(address))

    @property
    def pair(self) -> str:
        """The account as seen from this network."""
        return f"{self.account}@{self.network}"

    def seconds_to_wait(self) -> float | None:
        """Count the try; None if it may go on, else how long its like must wait.

        Raises StoreUnavailable where the counters cannot be asked.
        """
        return (
            ask("login", self.network, count=True, strict=True)
            or ask("login_pair", self.pair, rate=hourly(FAILURES_OF_PAIR), strict=True)
            or (self.is_under_attack() and ask("login_attack", self.pair, rate=UNDER_ATTACK))
            or None
        )

    def is_under_attack(self) -> bool:
        """Tell whether the account has had more failures than a forgetful owner makes."""
        return ask("login_account", self.account, rate=hourly(FAILURES_OF_ACCOUNT)) is not None

    def failed(self) -> None:
        """Count the failure."""
        ask("login_pair", self.pair, rate=hourly(FAILURES_OF_PAIR), count=True)
        ask("login_account", self.account, rate=hourly(FAILURES_OF_ACCOUNT), count=True)
        ask("login_attack", self.pair, rate=UNDER_ATTACK, count=True)


def hourly(factor: int) -> RateLimitItem:
    """Return a multiple of the count in THROTTLE_LOGIN, for an hour."""
    return RateLimitItemPerHour(factor * rate_of("login").amount)
