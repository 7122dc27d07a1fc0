"""Removal leaves the blank lines that a person, and a formatter, would have left."""

import subprocess
import sys

import pytest

from hooks.post_gen_project import apply_options


def left(text: str, *, x: bool) -> str:
    """Return what is left of a text with the option `x`."""
    result, faults = apply_options(text, {"x": x})
    assert faults == []
    assert result is not None
    return result


@pytest.mark.parametrize(
    ("marked", "removed", "kept"),
    [
        ("1\n\n[\nx\n]\n\n2\n", "1\n\n2\n", "1\n\nx\n\n2\n"),
        ("1\n\n\n[\nx\n\n\n]\n2\n", "1\n\n\n2\n", "1\n\n\nx\n\n\n2\n"),
        ("1\n\n\n[\nx\n\n\n]\n\n\n2\n", "1\n\n\n2\n", "1\n\n\nx\n\n\n2\n"),
        ("1\n\n[\n\nx\n\n]\n\n2\n", "1\n\n2\n", "1\n\nx\n\n2\n"),
        ("1\n[\nx\n]\n2\n", "1\n2\n", "1\nx\n2\n"),
        ("1\n\n[\nx\n]\n2\n", "1\n\n2\n", "1\n\nx\n2\n"),
        ("1\n\n[\nx\n]\n[\nx\n]\n\n2\n", "1\n\n2\n", "1\n\nx\nx\n\n2\n"),
        ("[\nx\n]\n\n2\n", "2\n", "x\n\n2\n"),
        ("\n\n[\nx\n]\n\n2\n", "2\n", "x\n\n2\n"),
        ("1\n\n[\nx\n]\n", "1\n", "1\n\nx\n"),
        ("1\n\n[\n\nx\n]\n\n\n", "1\n", "1\n\nx\n"),
        ("1:\n  [\n  x\n  ]\n\n  2\n", "1:\n  2\n", "1:\n  x\n\n  2\n"),
        ("1:\n\n[\n- x\n]\n- 2\n", "1:\n\n- 2\n", "1:\n\n- x\n- 2\n"),
        ("{\n  [\n  x\n  ]\n\n  2\n}\n", "{\n  2\n}\n", "{\n  x\n\n  2\n}\n"),
        ("f(\n  [\n  x\n  ]\n\n  2\n)\n", "f(\n  2\n)\n", "f(\n  x\n\n  2\n)\n"),
        ("a[\n  [\n  x\n  ]\n\n  2\n],\n", "a[\n  2\n],\n", "a[\n  x\n\n  2\n],\n"),
        ("a[\n  1\n\n  [\n  x\n  ]\n],\n", "a[\n  1\n],\n", "a[\n  1\n\n  x\n],\n"),
        ("(\n  1\n  [\n  x\n  ]\n\n)\n", "(\n  1\n\n)\n", "(\n  1\n  x\n\n)\n"),
        ("{\n  1\n\n  [\n  x\n  ]\n}\n", "{\n  1\n}\n", "{\n  1\n\n  x\n}\n"),
        ("(\n  1\n\n  [\n  x\n  ]\n)\n", "(\n  1\n)\n", "(\n  1\n\n  x\n)\n"),
        ("1\r\n\r\n[\r\nx\r\n]\r\n\r\n2\r\n", "1\r\n\r\n2\r\n", "1\r\n\r\nx\r\n\r\n2\r\n"),
        ("1\n\n\n\n2\n[\nx\n]\n", "1\n\n\n\n2\n", "1\n\n\n\n2\nx\n"),
        ("[\nx\n]\n", "", "x\n"),
    ],
)
def test_no_blank_line_is_left_over(marked: str, removed: str, kept: str) -> None:
    lines = [
        line.replace("[", "# option: x").replace("]", "# end option")
        if line.strip() in {"[", "]"}
        else line
        for line in marked.split("\n")
    ]
    assert left("\n".join(lines), x=False) == removed
    assert left("\n".join(lines), x=True) == kept


def test_a_removed_line_leaves_no_doubled_blanks() -> None:
    assert left("1\n\nx  # option: x\n\n2\n", x=False) == "1\n\n2\n"


FORMATTED = '''\
"""Functions, methods and lists that stand and fall with an option."""

import os
import re  # option: x
import sys

# option: x
PATTERN = re.compile("x")
# end option
NAMES = [
    "a",
    "b",  # option: x
    # option: x
    "c",
    "d",
    # end option
    "e",
]


def first() -> str:
    """Return one thing."""
    # option: x
    if PATTERN.match("x"):
        return "x"
    # end option

    return os.name


# option: x
def second() -> str:
    return "x"


# end option
class Third:
    """A class."""

    # option: x
    def method(self) -> str:
        return "x"

    # end option
    def other(self) -> str:
        return sys.byteorder

    # option: x
    def last(self) -> str:
        return "x"

    # end option


# option: x
class Fourth:
    pass


# end option
'''


@pytest.mark.parametrize("x", [True, False])
def test_formatted_python_stays_formatted_and_clean(*, x: bool) -> None:
    for text in (FORMATTED, left(FORMATTED, x=x)):
        for command in (["format", "--diff"], ["check", "--select=E,F,I,W", "--preview"]):
            run = [sys.executable, "-m", "ruff", *command, "--isolated", "--line-length=100", "-"]
            done = subprocess.run(run, input=text, capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stdout + done.stderr
