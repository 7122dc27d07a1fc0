"""A start that is refused: one message that names every fault, no traceback, no secret."""

from pathlib import Path

import pytest

from tests.config.production_env import PRODUCTION, REQUIRED, run

BAD = {
    "ADMIN_PATH": "api/admin",
    "ALLOWED_HOSTS": "*",
    "BACKLOG": "1",
    "BEHIND_TLS_PROXY": "perhaps",
    "CORS_ALLOWED_ORIGINS": "http://app.example.com",  # option: cors
    # Whether the way to another machine is encrypted is decided by somebody.
    "DATABASE_URL": "postgresql://user:hunter2@db.example.com/name?sslmode=prefer",
    "DEBUG": "yes",
    "HSTS_SECONDS": "-1",
    "JWT_ACCESS_MINUTES": "1440",  # option: jwt
    "JWT_PRIVATE_KEY": "hunter2",  # option: jwt
    "LOG_FILE": "/",
    "LOG_LEVEL": "LOUD",
    "OTEL_EXPORTER_OTLP_ENDPOINT": "hunter2:4318",
    "OTEL_EXPORTER_OTLP_HEADERS": "hunter2",
    "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": "grpc://hunter2",
    "OTEL_TRACES_SAMPLER": "jaeger_remote",
    "OTEL_TRACES_SAMPLER_ARG": "10%",
    "PORT": "99999",
    "REDIS_URL": "https://user:hunter2@redis",
    "SECRET_KEY": "change-me-hunter2-" + "x" * 50,
    "SECRET_KEY_FALLBACKS": "hunter2",
    "SENTRY_DSN": "https://hunter2/1",
    "THREADS": "many",
    "THROTTLE_ANON": "100",
    "THROTTLE_LOGIN": "10/5min",
    "THROTTLE_USER": "1/month",
    "TOKEN_LIFETIME_HOURS": "0",  # option: token_expiry or jwt
    "STOP_SECONDS": "0",
    "TRUSTED_PROXY_COUNT": "all",
    "WORKERS": "0",
    "WORKER_HOURS": "-1",
}
PROGRAMS = [["manage.py", "check"], ["-m", "config.server"]]


def faults(*arguments: str, **environment: str) -> dict[str, str]:
    """Run a program that must refuse to start; return the faults that it names."""
    answer = run(*arguments, **environment)
    assert answer.returncode == 1
    assert not answer.stdout
    assert "Traceback" not in answer.stderr
    assert "hunter2" not in answer.stderr
    first, *lines = answer.stderr.splitlines()
    assert first.startswith("The service cannot start with this environment")
    return {name.strip(): fault for name, _, fault in (line.partition(": ") for line in lines)}


@pytest.mark.parametrize("program", PROGRAMS, ids=" ".join)
def test_every_fault_is_named_at_once(program: list[str]) -> None:
    found = faults(*program, **PRODUCTION | BAD)
    assert sorted(found) == sorted(BAD)
    assert found["DATABASE_URL"].startswith("names a database on another machine")


def test_everything_that_is_missing_is_named_at_once(tmp_path: Path) -> None:
    given = {name: value for name, value in PRODUCTION.items() if name not in REQUIRED}
    given |= {"SECRET_KEY_FILE": str(tmp_path / "nothing"), "LOG_FILE": str(tmp_path)}
    found = faults("manage.py", "check", **given)
    assert found.pop("LOG_FILE") == "cannot be written: Is a directory."
    assert "must be a readable file" in found.pop("SECRET_KEY_FILE")
    missing = [name for name in REQUIRED if name != "SECRET_KEY"]
    assert found == {name: f"is not set (nor is {name}_FILE)." for name in missing}


def test_every_required_value_may_come_from_a_file(tmp_path: Path) -> None:
    environment = dict(PRODUCTION)
    for name in REQUIRED:
        file = tmp_path / name.lower()
        file.write_text(environment.pop(name) + "\n")
        environment[f"{name}_FILE"] = str(file)
    script = "from django.conf import settings; print(settings.SECRET_KEY, end='')"
    answer = run("-c", script, **environment)
    assert answer.stdout == PRODUCTION["SECRET_KEY"], answer.stderr
