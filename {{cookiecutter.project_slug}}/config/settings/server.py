"""The production server: where it listens and how much it does at once."""

from config.cores import usable_cores
from config.environment import env
from config.parsers import number

MOST_PROCESSES = 8  # by default, whatever the machine: each takes memory, and connections


def processes(text: str) -> int:
    """Read a number of processes; nothing is one for each usable core, at most MOST_PROCESSES."""
    return number(text or str(min(MOST_PROCESSES, usable_cores())), minimum=1, maximum=256)


env.add_parser("processes", processes)
SERVER_HOST = env.str("HOST", "0.0.0.0")  # noqa: S104 - a container is reached from outside
SERVER_PORT = env.number("PORT", "8000", minimum=1, maximum=65535)
SERVER_WORKERS = env.processes("WORKERS", "")
SERVER_THREADS = env.number("THREADS", "4", minimum=1, maximum=256)  # a process
SERVER_BACKLOG = env.number("BACKLOG", "1024", minimum=128, maximum=65535)  # connections at once

# After so long a process is replaced by a new one, whatever it has come to hold; 0 is never.
SERVER_WORKER_HOURS = env.number("WORKER_HOURS", "24", minimum=0, maximum=8760)
# What requests in flight get after SIGTERM, below the 40 of the deployments in deploy/.
SERVER_STOP_SECONDS = env.number("STOP_SECONDS", "25", minimum=1, maximum=3600)

# What a slow client gets; a proxy in front may be stricter (docs/deployment.md).
SERVER_HEADER_SECONDS = 10  # also how long an idle connection is kept
SERVER_HEADER_SIZE = 65_536  # bytes of all headers together; more is a 431
SERVER_BODY_SECONDS = 20  # for a whole body, which DATA_UPLOAD_MAX_MEMORY_SIZE bounds
