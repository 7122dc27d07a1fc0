"""Whether the stores are as a start needs them; each fault is one line that says what to do.

What the drivers say is kept, because it names the cause; a password never is.
"""

from django.db import DatabaseError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from redis import Redis
from redis.exceptions import RedisError

REDIS_SECONDS = 2.0  # for a connection and for an answer; PostgreSQL's are in settings/database.py
NAMED = 3  # migrations in a message
LONGEST = 300  # characters of a driver's reason


def reason(error: Exception, secret: object) -> str:
    """Return what a driver says, in one line, without the secret."""
    text = " ".join(str(error).split())
    if secret:
        text = text.replace(str(secret), "***")
    return text[:LONGEST].rstrip(".")


def database_fault(connection: BaseDatabaseWrapper) -> str | None:
    """Tell why the database cannot be worked with, or which migrations it lacks.

    It may be ahead of the code, as it is while a release is rolled out. A role that may read
    django_migrations can ask.
    """
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        said = reason(error, connection.settings_dict["PASSWORD"])
        return (
            f"DATABASE_URL: no connection to the database: {said}. Start it, or put the right "
            "host, port, user, password and name there."
        )
    try:
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        said = reason(error, connection.settings_dict["PASSWORD"])
        return (
            f"DATABASE_URL: django_migrations cannot be read: {said}. Grant SELECT on it to the "
            "role of the service."
        )
    if not plan:
        return None
    names = [f"{migration.app_label}.{migration.name}" for migration, _ in plan]
    shown = ", ".join(names[:NAMED]) + (", ..." if len(names) > NAMED else "")
    return (
        f"DATABASE_URL: the database lacks {len(names)} of the migrations ({shown}). "
        "Run `python manage.py migrate` with the address of the role that owns the tables."
    )


def redis_fault(address: str) -> str | None:
    """Tell why Redis cannot be worked with; addresses that are not of Redis have no fault."""
    if not address.startswith(("redis:", "rediss:")):
        return None
    client = Redis.from_url(
        address, socket_timeout=REDIS_SECONDS, socket_connect_timeout=REDIS_SECONDS
    )
    try:
        client.ping()
    except (RedisError, OSError) as error:
        said = reason(error, client.get_connection_kwargs().get("password"))
        return (
            f"REDIS_URL: Redis does not answer: {said}. Start it, or put the right host, port, "
            "user and password there."
        )
    finally:
        client.close()
    return None
