"""The combinations of answers that are tested, read from cookiecutter.json.

The usual list has every combination of the yes/no questions; the values of the choices are spread
over it so that each meets each answer of every other question. The exhaustive list multiplies.
"""

from __future__ import annotations

import itertools
from functools import cache

from tests.generation import answers as template
from tests.generation.answers import Answer

Answers = dict[str, Answer]
Pair = tuple[tuple[str, Answer], tuple[str, Answer]]


@cache
def flags() -> list[str]:
    """Return the names of the yes/no questions."""
    return [name for name, default in template.questions().items() if isinstance(default, bool)]


@cache
def choices() -> list[str]:
    """Return the names of the questions that offer a list."""
    return [name for name, default in template.questions().items() if isinstance(default, list)]


def exhaustive() -> list[Answers]:
    """Every answer to every question with every answer to every other."""
    return list(template.combinations(flags() + choices()))


def usual() -> list[Answers]:
    """Every combination of the yes/no questions, the choices spread over them."""
    uses: dict[Pair, int] = {}
    spread = []
    for flagged in template.combinations(flags()):
        # The values whose pairs were met least often so far; ties go to the list's order.
        best = min(
            (flagged | chosen for chosen in template.combinations(choices())),
            key=lambda answers: sorted(uses.get(pair, 0) for pair in _pairs(answers)),
        )
        for pair in _pairs(best):
            uses[pair] = uses.get(pair, 0) + 1
        spread.append(best)
    return spread


def identifier(answers: Answers) -> str:
    """Name a combination for people, and for pytest's `-k`: `jwt+kubernetes-6.1-gitlab`."""
    on = [name.removeprefix("use_") for name in flags() if answers[name]]
    values = (str(answers[name]).replace(" ", "_") for name in choices())
    return "-".join(["+".join(on) or "nothing", *values])


def names(answers: Answers) -> dict[str, bool]:
    """Return every name that a mark can say, and whether it holds for these answers."""
    chosen = {name.removeprefix("use_"): bool(answers[name]) for name in flags()}
    for question in choices():
        for value in template.values(question):
            chosen[choice_name(question, str(value))] = answers[question] == value
    return chosen


def choice_name(question: str, value: str) -> str:
    """Return the name that marks use for a choice's value: `django_version_5_2_lts`."""
    letters = "".join(letter if letter.isalnum() else "_" for letter in value.lower())
    return f"{question}_{letters}"


def holds(condition: str, chosen: dict[str, bool]) -> bool:
    """Whether `a`, `not a`, `a and not b`, `a or b`... is true; a wrong name is a KeyError."""

    def term(text: str) -> bool:
        name = text.removeprefix("not ").strip()
        return chosen[name] != text.startswith("not ")

    alternatives = condition.split(" or ")
    return any(all(term(part) for part in option.split(" and ")) for option in alternatives)


def _pairs(answers: Answers) -> list[Pair]:
    """Return the pairs of answers in which a choice takes part."""
    pairs = itertools.combinations(answers.items(), 2)
    return [pair for pair in pairs if pair[0][0] in choices() or pair[1][0] in choices()]
