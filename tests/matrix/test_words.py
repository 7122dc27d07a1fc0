"""Words of options that were not chosen are found, and only those."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.matrix import combinations, words
from tests.matrix.projects import Projects


@pytest.fixture
def everything() -> dict[str, bool]:
    return dict.fromkeys(combinations.names(combinations.usual()[0]), True)


@pytest.mark.parametrize(
    ("option", "line"),
    [
        ("cors", "Cors headers"),
        ("jwt", "keys are published as JWKS"),
        ("jwt", "Authorization: Bearer"),
        ("token_expiry", "run purge_tokens every day"),
        ("example_api", "from notes.models import Note"),
        ("kubernetes", "kubectl apply"),
        ("ci_provider_gitlab", ".gitlab-ci.yml"),
        ("django_version_6_1", '"django ~= 6.1.3",'),
        ("django_version_5_2_lts", "Django 5.2 LTS"),
    ],
)
def test_a_word_of_an_option_is_found_where_it_was_not_chosen(
    tmp_path: Path, everything: dict[str, bool], option: str, line: str
) -> None:
    (tmp_path / "README.md").write_text(f"# Service\n{line}\n")
    assert words.residue(tmp_path, everything) == []
    assert words.residue(tmp_path, everything | {option: False}) == [f"README.md:2: {line}"]


def test_the_name_of_a_file_counts_as_a_word(tmp_path: Path, everything: dict[str, bool]) -> None:
    (tmp_path / "jwt_login").mkdir()
    (tmp_path / "jwt_login" / "__init__.py").touch()
    found = words.residue(tmp_path, everything | {"jwt": False})
    assert found == ["jwt_login/__init__.py:0: jwt_login/__init__.py"]


def test_an_option_without_a_row_of_words_is_looked_for_by_name(
    tmp_path: Path, everything: dict[str, bool]
) -> None:
    (tmp_path / "README.md").write_text("The web hooks are sent hourly.\n")
    assert words.residue(tmp_path, everything | {"web_hooks": False}) != []


def test_every_word_that_is_looked_for_is_one_that_the_template_uses(projects: Projects) -> None:
    everything = [
        row for row in combinations.exhaustive() if all(map(row.get, combinations.flags()))
    ]
    generated = [projects(row) for row in everything]
    unused = [
        word
        for word in words.WORDS
        if not any(words.occurs(word, project) for project in generated)
    ]
    assert unused == []


@pytest.mark.parametrize(
    "line",
    ["x = 1  # option: cors", "<!-- end option -->", "{{ name }}", "{% if %}", "by cookiecutter"],
)
def test_what_the_template_should_have_removed_is_found(
    tmp_path: Path, everything: dict[str, bool], line: str
) -> None:
    (tmp_path / "a.txt").write_text(f"{line}\n")
    assert words.residue(tmp_path, everything) == [f"a.txt:1: {line}"]


def test_a_random_secret_may_spell_a_word_and_another_line_may_not(
    tmp_path: Path, everything: dict[str, bool]
) -> None:
    chosen, secret = everything | {"jwt": False}, "SECRET_KEY=" + "x" * 64 + "jWt"
    (tmp_path / ".env").write_text(f"{secret}\nJWT_ISSUER=a\n")
    (tmp_path / "a.txt").write_text(f"{secret}\n")
    assert words.residue(tmp_path, chosen) == [".env:2: JWT_ISSUER=a", f"a.txt:1: {secret}"]
