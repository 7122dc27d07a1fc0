"""The production server: where it listens and how much it does at once."""

from config.environment import env

SERVER_HOST = env.str("HOST", "0.0.0.0")  # noqa: S104 - a container is reached from outside
SERVER_PORT = env.number("PORT", "8000", minimum=1, maximum=65535)
SERVER_WORKERS = env.number("WORKERS", "2", minimum=1, maximum=256)  # processes
SERVER_THREADS = env.number("THREADS", "4", minimum=1, maximum=256)  # a process

# What a slow client gets; a proxy in front may be stricter (docs/deployment.md).
SERVER_HEADER_SECONDS = 10  # also how long an idle connection is kept
SERVER_HEADER_SIZE = 65_536  # bytes of all headers together; more is a 431
SERVER_BODY_SECONDS = 20  # for a whole body, which DATA_UPLOAD_MAX_MEMORY_SIZE bounds
