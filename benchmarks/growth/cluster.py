"""Whether the script of the limits works in a Redis Cluster, tried on one of three nodes."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import redis
from redis.cluster import RedisCluster
from redis.exceptions import RedisClusterException

from benchmarks.growth.counters import HOUR, SCRIPT, arguments
from tests.servers.process import free_port, running, unprivileged

NODES = 3
SLOTS = 16384
START_SECONDS = 20
WORKS = "works"
LIMIT, TRIES, THREADS = 50, 320, 8
NETWORK = f"limit:anon:100000/{HOUR}:203.0.113.77"
ACCOUNT = f"limit:user:{LIMIT}/{HOUR}:0b5f3f0e-4a30-4d0c-9c4e-0d9f0a3b6c11"
TAGGED = tuple(f"limit:{scope}:{{203.0.113.77}}" for scope in ("login", "login_pair"))


@contextmanager
def nodes(program: Path) -> Iterator[list[int]]:
    """Run the nodes of a cluster that has not been formed; yield their ports."""
    with ExitStack() as stack:
        ports = []
        for _ in range(NODES):
            folder = Path(
                stack.enter_context(tempfile.TemporaryDirectory(prefix="secure-drf-node-"))
            )
            copy = Path(shutil.copy(program, folder / "redis-server"))
            copy.chmod(0o755)
            unprivileged().own(folder)

            def command(port: int, copy: Path = copy) -> list[str]:
                """Name a port for the nodes' own talk: the usual one, 10,000 on, may not exist."""
                only_memory = ["--save", "", "--appendonly", "no"]
                cluster = ["--cluster-enabled", "yes", "--cluster-port", str(free_port())]
                listening = ["--bind", "127.0.0.1", "--port", str(port)]
                return [str(copy), *listening, *only_memory, *cluster]

            ports.append(stack.enter_context(running(command, unprivileged(), folder)))
        yield ports


def form(ports: list[int]) -> None:
    """Share the slots out among the nodes, and wait until all of them know."""
    clients: list[Any] = [redis.Redis(port=port) for port in ports]  # its commands have no types
    bounds = [SLOTS * number // NODES for number in range(NODES + 1)]
    for client, (first, after) in zip(clients, pairwise(bounds), strict=True):
        client.execute_command("CLUSTER", "ADDSLOTSRANGE", first, after - 1)
    for client, port in zip(clients, ports, strict=True):
        bus = client.config_get("cluster-port")["cluster-port"]
        clients[0].execute_command("CLUSTER", "MEET", "127.0.0.1", port, bus)
    deadline = time.monotonic() + START_SECONDS
    while any(b"cluster_state:ok" not in state(client) for client in clients):
        if time.monotonic() > deadline:
            message = "the nodes did not form a cluster"
            raise RuntimeError(message)
        time.sleep(0.1)
    for client in clients:
        client.close()


def state(client: Any) -> bytes:
    """Return what a node says of the cluster."""
    found: Any = client.execute_command("CLUSTER", "INFO")
    return found if isinstance(found, bytes) else repr(found).encode()


def answer(ask: Callable[[], Any]) -> str:
    """Return what came of a call, an error in its own words."""
    try:
        ask()
    except (redis.RedisError, RedisClusterException) as error:
        return f"{type(error).__name__}: {error}"
    return WORKS


def grouped(cluster: RedisCluster, rules: list[tuple[str, int]]) -> bool:
    """Ask one call a key: each counts if it has room; if one refuses, the others give back.

    So a counter may for a moment hold a request that is refused in the end, never one too few.
    """
    took: list[str] = []
    for key, count in rules:
        had_room: int = cluster.eval(SCRIPT, 1, key, *map(str, arguments(count)))[0]
        if not had_room:
            for other in took:
                cluster.rpop(other)
            return False
        took.append(key)
    return True


def exact(cluster: RedisCluster) -> tuple[int, int]:
    """Return how many of many at once passed a limit of 50, and what the other counter holds."""
    rules = [(NETWORK, 100_000), (ACCOUNT, LIMIT)]
    with ThreadPoolExecutor(THREADS) as threads:
        passed = sum(threads.map(lambda _: grouped(cluster, rules), range(TRIES)))
    return passed, int(cluster.llen(NETWORK))


def ways(ports: list[int], whole: RedisCluster) -> dict[str, str]:
    """Return what comes of asking as the service does, and otherwise."""
    one, two = (list(map(str, arguments(100) * number)) for number in (1, 2))
    with ExitStack() as stack:
        plain = [stack.enter_context(redis.Redis(port=port)) for port in ports]
        both = answer(partial(plain[0].eval, SCRIPT, 2, NETWORK, ACCOUNT, *two))
        alone = [answer(partial(node.eval, SCRIPT, 1, ACCOUNT, *one)) for node in plain]
    refused = [said.partition(":")[0] for said in alone if said != WORKS]
    return {
        "one call for both, as now": both,
        "one call for one, from a client that knows no cluster": f"{refused[0]} from "
        f"{len(refused)} of {NODES} nodes",
        "one call for two keys that share a hash tag": answer(
            partial(whole.eval, SCRIPT, 2, *TAGGED, *two)
        ),
        "one call for each key": answer(partial(whole.eval, SCRIPT, 1, ACCOUNT, *one)),
    }


def cluster(program: Path) -> dict[str, Any]:
    """Return what each way came to, and how exact calls for each key are together."""
    with nodes(program) as ports:
        form(ports)
        with RedisCluster(host="127.0.0.1", port=ports[0]) as whole:
            found: dict[str, Any] = {"ways": ways(ports, whole)}
            whole.delete(NETWORK)
            whole.delete(ACCOUNT)
            passed, beside = exact(whole)
    return found | {"limit": LIMIT, "tries": TRIES, "passed": passed, "counted beside": beside}
