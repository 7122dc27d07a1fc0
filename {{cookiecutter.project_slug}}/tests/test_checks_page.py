"""docs/checks.md explains every check of our own, and none that does not exist."""

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "checks.md").read_text("utf-8")
ID = re.compile(r'"([a-z_]+\.[EW][0-9]{3})"')


def ids_in_code() -> list[str]:
    """Return the id of every place that finds something."""
    files = [*ROOT.glob("*/checks.py"), *ROOT.glob("*/checks/*.py")]
    return [found for file in files for found in ID.findall(file.read_text("utf-8"))]


def sections() -> dict[str, str]:
    """Return what the page says, by id."""
    parts = re.split(r"^#{2,3} (.*)$", PAGE, flags=re.MULTILINE)[1:]
    return {
        title: text.strip()
        for title, text in zip(parts[::2], parts[1::2], strict=True)
        if re.fullmatch(r"[a-z_]+\.[EW][0-9]{3}", title)
    }


def test_page_and_code_name_the_same_checks() -> None:
    assert sorted(sections()) == sorted(ids_in_code())
    assert len(sections()) > 20


def test_each_is_explained_in_more_than_a_title() -> None:
    assert [name for name, text in sections().items() if len(text) < 80] == []


def test_the_files_that_the_page_names_exist() -> None:
    files = re.findall(r"`([a-z_]+/[a-z_/]+\.py)`", PAGE)
    assert files
    assert [file for file in files if not (ROOT / file).exists()] == []
