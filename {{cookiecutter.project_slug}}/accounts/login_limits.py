"""How often a password may be tried (OWASP ASVS 6.3.1), without locking anybody out.

Every try counts for the network it comes from, failed ones also for the account, there and
everywhere. An account that is under attack from many networks stays open to its owner: from then
on each network has few tries at it, and one that has not failed yet always has the first.

All are counted in one step before the password is hashed, so that tries at once cannot pass
together; what did not fail is given back.
"""

import hashlib
from dataclasses import dataclass

from guard.client_address import client_network
from guard.limits.counters import give_back, take
from guard.limits.rules import Rate, Rule, State, rate_of, refusal

# Multiples of the count in THROTTLE_LOGIN: with 10/minute these are 50 and 100 an hour.
FAILURES_OF_PAIR = 5
FAILURES_OF_ACCOUNT = 10
HOUR = 3600
UNDER_ATTACK = Rate(2, HOUR)


@dataclass(frozen=True, slots=True)
class LoginTry:
    """One try that was counted: at an account, there or not, from a network."""

    network: State
    failures: tuple[State, ...]
    seconds_to_wait: int | None  # None if the password may be checked

    @classmethod
    def count(cls, username: str, address: str) -> "LoginTry":
        """Count the try, as a failure until it turns out not to be one.

        Raises StoreUnavailable where the counters cannot be asked.
        """
        network, *failures = take(*rules(username, address), strict=True)
        _, account, attack = failures
        refused = refusal([network, *failures])
        if refused is None and not account.had_room and not attack.had_room:
            give_back(*counted(failures))
            refused = attack
        return cls(network, tuple(failures), refused.wait if refused else None)

    def succeeded(self) -> None:
        """Take the failure back."""
        give_back(*counted(self.failures))

    def was_not_checked(self) -> None:
        """Take the whole try back: nobody was told whether the password is right."""
        give_back(*counted((self.network, *self.failures)))


def rules(username: str, address: str) -> tuple[Rule, ...]:
    """Return what a try counts for: network, account there, account, account there in attacks."""
    # The store gets a digest of what a caller typed.
    account = hashlib.sha256(username.encode(errors="replace")).hexdigest()
    network = client_network(address)
    pair = f"{account}@{network}"
    login = rate_of("login")
    return (
        Rule("login", network, login),
        Rule("login_pair", pair, Rate(FAILURES_OF_PAIR * login.requests, HOUR)),
        Rule(
            "login_account",
            account,
            Rate(FAILURES_OF_ACCOUNT * login.requests, HOUR),
            refuses=False,
        ),
        Rule("login_attack", pair, UNDER_ATTACK, refuses=False),
    )


def counted(states: list[State] | tuple[State, ...]) -> list[Rule]:
    """Return the rules of a step that passed in which the request was counted."""
    return [state.rule for state in states if state.had_room]
