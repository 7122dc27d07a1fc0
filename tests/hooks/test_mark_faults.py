"""A wrong mark stops the generation and names its file and line."""

from pathlib import Path

import pytest

from hooks.post_gen_project import apply_options, finish

NAMES = {"a": True, "x": False}
ANSWERS = {"use_a": True, "use_x": False, "_choices": {}}


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("1\n# option: b\n2\n# end option\n", "2: 'b' is no option; there are a, x"),
        ("1  # option: b and a\n", "1: 'b' is no option; there are a, x"),
        ("1  # option:\n", "1: '' is no option; there are a, x"),
        ("1  # option: a  # option: x\n", "1: 'a  # option: x' is no option; there are a, x"),
        ('"# option: a"\n', "1: 'a\"' is no option; there are a, x"),
        ("1\n# end option\n", "2: 'end option' ends no block here"),
        ("# end option\n", "1: 'end option' ends no block here"),
        ("# option: a\n1  # end option\n# end option\n", "2: 'end option' ends no block here"),
        ("1\n# option: a\n2\n", "2: the block is never ended"),
        ("#!/bin/sh\n1\n# option: a\n2\n", "3: the block is never ended"),
        ("# option: a\n# option: a\n1\n", "2: the block is never ended"),
    ],
)
def test_a_fault_names_the_line_and_what_is_wrong(text: str, fault: str) -> None:
    assert apply_options(text, NAMES)[1] == [fault]


def test_marks_inside_removed_blocks_are_checked_too() -> None:
    text = "1\n# option: x\n# option: b\n2  # option: c\n# end option\n# end option\n"
    faults = [fault.split(" is ")[0] for fault in apply_options(text, NAMES)[1]]
    assert faults == ["3: 'b'", "4: 'c'"]


def test_both_sides_of_a_condition_are_checked() -> None:
    assert apply_options("1  # option: a or b\n", NAMES)[1]
    assert apply_options("1  # option: x and b\n", NAMES)[1]


def test_all_faults_of_all_files_come_at_once_and_nothing_is_changed(tmp_path: Path) -> None:
    files = {
        "one.py": "1  # option: x\n2  # option: b\n",
        "sub/two.md": "<!-- option: a -->\n1\n<!-- end option -->\n<!-- end option -->\n",
        "three.txt": "1\n# option: a\n",
        ".env.example": "KEY=generate:secret\n",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    message = finish(tmp_path, ANSWERS)
    assert message is not None
    assert message.splitlines() == [
        "one.py:2: 'b' is no option; there are a, x",
        "three.txt:2: the block is never ended",
        f"{Path('sub', 'two.md')}:4: 'end option' ends no block here",
    ]
    assert {name: (tmp_path / name).read_text(encoding="utf-8") for name in files} == files
    assert not (tmp_path / ".env").exists()
