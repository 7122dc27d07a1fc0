"""`python -m migration_lint`: exit code 1 if a migration is dangerous, 0 if none is."""

import os
import sys
from pathlib import Path

import django

PROJECT = Path(__file__).resolve().parents[1]


def main() -> int:
    """Print what is wrong with which migration."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    django.setup()
    from migration_lint.judge import faults  # noqa: PLC0415 - needs the settings

    found = faults(PROJECT)
    for written, findings in found.items():
        print(f"{written.file.relative_to(PROJECT)}:")  # noqa: T201 - a command's output
        print(*findings, sep="\n")  # noqa: T201
    if found:
        print("\ndocs/migrations.md has the safe way of each.")  # noqa: T201
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
