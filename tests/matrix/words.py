"""Words that only belong in a project whose options speak of them.

An option without a row of its own is looked for by its name, so that a new one is tested too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

# Regular expressions, in any case, and the names any of which makes them right.
WORDS: dict[str, tuple[str, ...]] = {
    r"cors": ("cors",),
    r"preflight": ("cors",),
    r"access-control-": ("cors",),
    r"allowed[ _-]origin": ("cors",),
    r"jwt|jwks|json web": ("jwt",),
    r"bearer": ("jwt",),
    r"refresh[ _-]token|access[ _-]token": ("jwt",),
    r"\bes256\b|\bp-?256\b|\bcryptography\b": ("jwt",),
    r"\bissuer\b|\baudience\b|\bkey id": ("jwt",),
    r"expire|expiry": ("token_expiry", "jwt"),
    r"purge": ("token_expiry", "jwt"),
    r"purge_tokens|expired[ _](api[ _])?token|tokens? expir": ("token_expiry",),
    r"token[ _]lifetime": ("token_expiry", "jwt"),
    # Not the verb.
    r"\bnotes\b(?! that| the)|\bnote/|NoteSerializer": ("example_api",),
    r"kubernetes|kubectl|\bk8s\b|kustomiz": ("kubernetes",),
    r"github": ("ci_provider_github",),
    r"gitlab": ("ci_provider_gitlab",),
    r"django[ ~=<>@\"]{0,6}5\.2|/en/5\.2|\blts\b": ("django_version_5_2_lts",),
    r"django[ ~=<>@\"]{0,6}6\.1|/en/6\.1": ("django_version_6_1",),
}
# No project speaks of how it was made.
ALWAYS_WRONG = (r"(#|//|--|/\*)[ \t]*(option:|end option)", r"\{\{", r"\{%", r"cookiecutter")


@dataclass(frozen=True)
class Allowance:
    """A line in which a word is right all the same."""

    path: str
    line: str
    reason: str


ALLOWANCES = (
    Allowance(r"\.github/workflows/.*", r"\$\{\{ .*? \}\}", "GitHub's own expressions"),
    Allowance(r".*", r"cruft\.github\.io", "the address of another project's pages"),
    Allowance(r"\.env", r"^SECRET_KEY=[\w-]{64,}$", "random letters, which may spell any word"),
    Allowance(r"guard/limits/.*\.lua", r"'PEXPIRE'", "a command of Redis"),
    Allowance(r"tests/.*\.py", r"f'\{\{\".*\}\}'", "doubled braces of an f-string"),
)


def table(chosen: dict[str, bool]) -> list[str]:
    """Return the expressions that must not match anywhere in a project of these options."""
    told = {name for names in WORDS.values() for name in names}
    own = {re.escape(name).replace("_", "[ _-]"): (name,) for name in chosen if name not in told}
    wrong = [
        word for word, names in (WORDS | own).items() if not any(chosen[name] for name in names)
    ]
    return [*ALWAYS_WRONG, *wrong]


def occurs(word: str, project: Path) -> bool:
    """Whether a word stands anywhere in a project."""
    pattern = re.compile(word, re.IGNORECASE)
    return any(pattern.search(line) for _, _, line in _lines(project))


def residue(project: Path, chosen: dict[str, bool]) -> list[str]:
    """Return a line for each place in which a wrong word stands, names of files included."""
    pattern = re.compile("|".join(f"(?:{word})" for word in table(chosen)), re.IGNORECASE)
    return [
        f"{path}:{number}: {line.strip()}"
        for path, number, line in _lines(project)
        if pattern.search(line) and not _excepted(path, line, pattern)
    ]


def _lines(project: Path) -> Iterator[tuple[str, int, str]]:
    for file in sorted(path for path in project.rglob("*") if path.is_file()):
        path = file.relative_to(project).as_posix()
        yield path, 0, path
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
            yield path, number, line


def _excepted(path: str, line: str, pattern: re.Pattern[str]) -> bool:
    """Whether nothing wrong is left of a line once the excepted parts are taken out."""
    for allowed in ALLOWANCES:
        if re.fullmatch(allowed.path, path):
            line = re.sub(allowed.line, "", line)
    return not pattern.search(line)
