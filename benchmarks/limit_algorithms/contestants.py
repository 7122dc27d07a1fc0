"""The contestants: each asks one rule, in Redis, and says whether the request passes.

Three are written here as short as they can be, so that no contestant loses by its wrapping; the
sliding log is the service's own file, and the package `limits` is used as it comes.
"""

from __future__ import annotations

import importlib
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from redis import Redis

CLOCK = "redis.call('TIME')"
OWN = Path(__file__).parents[2] / "{{cookiecutter.project_slug}}/guard/limits/sliding_log.lua"
NOW = f"""
local clock = {CLOCK}
local now = clock[1] * 1000000 + clock[2]
local n, p = tonumber(ARGV[1]), tonumber(ARGV[2])
"""
FIXED_WINDOW = (
    NOW
    + """
local key = KEYS[1] .. ':' .. math.floor(now / p)
local used = redis.call('INCR', key)
if used == 1 then redis.call('PEXPIRE', key, p / 1000) end
return used <= n and 1 or 0
"""
)
SLIDING_COUNTER = (
    NOW
    + """
local window = math.floor(now / p)
local this, last = KEYS[1] .. ':' .. window, KEYS[1] .. ':' .. (window - 1)
local share = 1 - (now % p) / p
local used = tonumber(redis.call('GET', this) or 0)
if used + share * tonumber(redis.call('GET', last) or 0) >= n then return 0 end
redis.call('INCR', this)
redis.call('PEXPIRE', this, 2 * p / 1000)
return 1
"""
)
GCRA = (
    NOW
    + """
local step = p / n
local due = math.max(tonumber(redis.call('GET', KEYS[1]) or 0), now)
if due + step - now > p then return 0 end
redis.call('SET', KEYS[1], string.format('%.0f', due + step), 'PX', math.ceil(p / 1000))
return 1
"""
)
SCRIPTS = {"fixed window": FIXED_WINDOW, "sliding counter": SLIDING_COUNTER, "GCRA": GCRA}

Ask = Callable[[str, int, int], bool]  # key, count, seconds


def scripted(client: Redis, text: str) -> Ask:
    """Ask a script of this file."""
    script = client.register_script(text)
    return lambda key, count, seconds: script([key], [count, seconds * 1_000_000]) == 1


def own(client: Redis, text: str) -> Ask:
    """Ask the service's script."""
    script = client.register_script(text)

    def ask(key: str, count: int, seconds: int) -> bool:
        answer: Any = script([key], [count, seconds * 1_000_000, 1, 1])
        return bool(answer[0] == 1)

    return ask


def package(url: str) -> Ask:
    """Ask the moving window of the package `limits`."""
    limits, storage, strategies = (
        importlib.import_module(name) for name in ("limits", "limits.storage", "limits.strategies")
    )
    window = strategies.MovingWindowRateLimiter(storage.storage_from_string(url))
    return lambda key, count, seconds: bool(
        window.hit(limits.RateLimitItemPerSecond(count, seconds), key)
    )


def contestants(url: str) -> dict[str, Ask]:
    """Return every contestant on one server."""
    client = Redis.from_url(url)
    found = {name: scripted(client, text) for name, text in SCRIPTS.items()}
    return found | {
        "sliding log (limits)": package(url),
        "sliding log (ours)": own(client, OWN.read_text(encoding="utf-8")),
    }


def at(client: Redis, name: str, second: float) -> Ask:
    """Return a contestant that is told the time; the package takes it from the process."""
    told = f"{{{int(second)}, {round(second % 1 * 1_000_000)}}}"
    if name in SCRIPTS:
        return scripted(client, SCRIPTS[name].replace(CLOCK, told))
    return own(client, OWN.read_text(encoding="utf-8").replace(CLOCK, told))


def microseconds(ask: Ask, key: str, count: int, seconds: int, times: int) -> float:
    """Return the mean time of a question."""
    started = time.perf_counter()
    for _ in range(times):
        ask(key, count, seconds)
    return (time.perf_counter() - started) / times * 1_000_000
