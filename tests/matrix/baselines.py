"""The committed list of the files of every combination: one section for each condition.

`python -m tests.matrix.baselines` (`./run baselines`) rewrites it from what is generated now; the
difference then shows in review what a change adds to which projects and takes from which.
"""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.matrix import combinations
from tests.matrix.projects import Projects, files

LIST = Path(__file__).with_name("baselines") / "files.txt"
ALWAYS = "always"
INTRODUCTION = """\
; The files of a generated project: what is always there, then what each option adds.
; Written by `./run baselines`; a wrong line turns tests/matrix red.
"""


def expected(chosen: dict[str, bool]) -> list[str]:
    """Return the files that the list promises for a combination, sorted."""
    promised: list[str] = []
    for condition, paths in read().items():
        if applies(condition, chosen):
            promised += paths
    return sorted(promised)


def applies(condition: str, chosen: dict[str, bool]) -> bool:
    """Whether a section is about the combination."""
    return condition == ALWAYS or combinations.holds(condition, chosen)


def read() -> dict[str, list[str]]:
    """Return the sections of the list."""
    sections: dict[str, list[str]] = {}
    for line in LIST.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            current = sections.setdefault(line.strip("[]"), [])
        elif line and not line.startswith(";"):
            current.append(line)
    return sections


def conditions(names: list[str]) -> Iterator[str]:
    """Yield the conditions that a section may have, the simplest first."""
    yield ALWAYS
    yield from names
    yield from (f"not {name}" for name in names)
    for word in ("and", "or"):
        yield from (f"{one} {word} {two}" for one, two in itertools.combinations(names, 2))
        yield from (f"{one} {word} not {two}" for one, two in itertools.permutations(names, 2))
    for one, *others in itertools.permutations(names, 3):
        yield " or ".join(f"{one} and {other}" for other in others)


def measure(listings: list[tuple[dict[str, bool], set[str]]]) -> dict[str, list[str]]:
    """Return the sections that describe these combinations and their files exactly."""
    sections: dict[str, list[str]] = {ALWAYS: []}
    for path in sorted(set().union(*(paths for _, paths in listings))):
        present = [path in paths for _, paths in listings]
        for condition in conditions(list(listings[0][0])):
            if [applies(condition, chosen) for chosen, _ in listings] == present:
                sections.setdefault(condition, []).append(path)
                break
        else:
            message = f"no simple condition says when {path} is there"
            raise ValueError(message)
    return sections


def write() -> None:
    """Generate the usual combinations and write the list that describes them."""
    with tempfile.TemporaryDirectory() as folder:
        projects = Projects(Path(folder))
        listings = [
            (combinations.names(answers), set(files(projects(answers))))
            for answers in combinations.usual()
        ]
    text = INTRODUCTION
    for condition, paths in sorted(measure(listings).items(), key=lambda item: item[0] != ALWAYS):
        text += f"\n[{condition}]\n" + "".join(f"{path}\n" for path in paths)
    LIST.parent.mkdir(exist_ok=True)
    LIST.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write()
