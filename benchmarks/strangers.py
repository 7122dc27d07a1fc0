"""A list that is loaded while strangers try passwords, each from a network of its own."""

from __future__ import annotations

import asyncio
import ipaddress
import secrets
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from benchmarks.load import PATIENCE, flood, request
from benchmarks.requests.load import Loaded, load, tool, wrk
from benchmarks.requests.sides import Question, Side
from tests.credentials.accounts import TOKENS, credentials

FIRST_NETWORK = int(ipaddress.IPv4Address("20.0.0.0"))
NETWORKS = 2**26
LEAD = 2.0  # seconds until the flood is at its rate
PAUSE = 960  # milliseconds, and some forty for an answer


def wrong_login() -> bytes:
    """Return a wrong login from a network that has not been seen, every second for an account."""
    address = ipaddress.IPv4Address(FIRST_NETWORK + secrets.randbelow(NETWORKS))
    name = secrets.choice(["alice", f"nobody-{secrets.token_hex(4)}"])
    body = credentials(name, secrets.token_urlsafe())
    return request("POST", TOKENS, {"X-Forwarded-For": str(address)}, body)


def flooded_by_wrk(
    side: Side, listed: Question, rate: float, seconds: float
) -> tuple[Loaded, Counter[int]]:
    """Load the list while strangers come at `rate`, as a proxy passes them on.

    Each of its connections waits a second in the middle between two of them.
    """
    strangers = [wrong_login() for _ in range(int(rate * (LEAD + seconds)))]
    with ThreadPoolExecutor(1) as beside:
        coming = beside.submit(wrk, side.port, strangers, LEAD + seconds, int(rate), PAUSE)
        time.sleep(LEAD)
        loaded = load(side, listed, seconds)
    statuses = {int(status): count for status, count in coming.result()["statuses"].items()}
    return loaded, Counter(statuses)


async def flooded_by_python(
    side: Side, listed: Question, rate: float, seconds: float
) -> tuple[Loaded, Counter[int]]:
    """Do the same with clients that take more of the machine, each on a connection of its own."""
    strangers = [wrong_login() for _ in range(int(rate * (seconds + PATIENCE)))]
    over = asyncio.Event()
    coming = asyncio.create_task(flood(side.port, strangers, rate, over))
    await asyncio.sleep(LEAD)
    try:
        loaded = await asyncio.to_thread(load, side, listed, seconds)
    finally:
        over.set()
    return loaded, await coming


def flooded(
    side: Side, listed: Question, rate: float, seconds: float
) -> tuple[Loaded, Counter[int]]:
    """Load the list under a flood; return also how strangers were answered."""
    if tool() == "wrk":
        return flooded_by_wrk(side, listed, rate, seconds)
    return asyncio.run(flooded_by_python(side, listed, rate, seconds))
