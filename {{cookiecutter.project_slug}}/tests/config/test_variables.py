"""The variables that the code reads are those that .env.example explains, and the other way."""

import re

from config.settings.paths import BASE_DIR

READ = re.compile(r'env\.\w+\(\s*"([A-Z][A-Z0-9_]*)"')
EXPLAINED = re.compile(r"^([A-Z][A-Z0-9_]*)=", re.MULTILINE)


def read() -> set[str]:
    files = (BASE_DIR / "config" / "settings").glob("*.py")
    return {name for file in files for name in READ.findall(file.read_text("utf-8"))}


def explained() -> list[str]:
    return EXPLAINED.findall((BASE_DIR / ".env.example").read_text("utf-8"))


def test_every_variable_that_is_read_is_explained_and_the_other_way() -> None:
    assert read() == set(explained())
    assert {"SECRET_KEY", "DATABASE_URL", "THROTTLE_LOGIN"} <= read()


def test_every_variable_is_explained_once() -> None:
    assert len(explained()) == len(set(explained()))
