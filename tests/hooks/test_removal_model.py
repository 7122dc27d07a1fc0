"""On any nesting of marks the hook agrees with a model that knows the structure, not the text."""

import re
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from hooks.post_gen_project import apply_options

NAMES = {"a": True, "b": False, "c": True}
WORDS = ("one", "  two  ", "three:", "[", "]", '"four",', "# five", "end option", "optional")
COMMENTS = (("# ", ""), ("// ", ""), ("-- ", ""), ("<!-- ", " -->"), ("/* ", " */"))


@dataclass(frozen=True)
class Condition:
    """A condition, as text and as truth."""

    text: str
    holds: bool


@dataclass(frozen=True)
class Line:
    """A line, marked or not."""

    text: str
    comment: tuple[str, str]
    condition: Condition | None


@dataclass(frozen=True)
class Block:
    """A block and what it encloses."""

    comment: tuple[str, str]
    condition: Condition
    content: "list[Line | Block]"


def negated(condition: Condition) -> Condition:
    """Put `not` before a name."""
    return Condition(f"not {condition.text}", not condition.holds)


names = st.sampled_from([Condition(name, holds) for name, holds in NAMES.items()])
terms = names | names.map(negated) | names.map(negated).map(negated)
all_of = st.lists(terms, min_size=1, max_size=3).map(
    lambda parts: Condition(" and ".join(part.text for part in parts), all(p.holds for p in parts))
)
conditions = st.lists(all_of, min_size=1, max_size=3).map(
    lambda parts: Condition(" or ".join(part.text for part in parts), any(p.holds for p in parts))
)
comments = st.sampled_from(COMMENTS)
lines = st.builds(Line, st.sampled_from(WORDS), comments, st.none() | conditions)
contents = st.recursive(
    st.lists(lines, max_size=4),
    lambda inner: st.lists(st.builds(Block, comments, conditions, inner) | lines, max_size=4),
    max_leaves=12,
)
line_ends = st.sampled_from(["\n", "\r\n"])


def written(content: list[Line | Block]) -> list[str]:
    """Write the structure as the marked lines of a file."""
    found: list[str] = []
    for part in content:
        opening, closing = part.comment
        if isinstance(part, Block):
            found += [f"{opening}option: {part.condition.text}{closing}"]
            found += [*written(part.content), f"{opening}end option{closing}"]
        elif part.condition:
            found += [f"{part.text}  {opening}option: {part.condition.text}{closing}"]
        else:
            found += [part.text]
    return found


def expected(content: list[Line | Block]) -> list[str]:
    """Return the lines that the structure says are kept."""
    found: list[str] = []
    for part in content:
        if part.condition is None or part.condition.holds:
            marked = isinstance(part, Line) and part.condition is not None
            kept = [] if isinstance(part, Block) else [part.text.rstrip() if marked else part.text]
            found += expected(part.content) if isinstance(part, Block) else kept
    return found


@given(contents, line_ends)
def test_what_is_left_is_what_the_structure_says(content: list[Line | Block], end: str) -> None:
    # A first line of its own: a block on line 1 may be the whole file.
    text = "".join(line + end for line in ["start", *written(content)])
    left, faults = apply_options(text, NAMES)
    assert faults == []
    assert left == "".join(line + end for line in ["start", *expected(content)])
    assert apply_options(left, NAMES) == (left, [])


@given(conditions, contents)
def test_a_whole_file_goes_or_loses_its_first_line(
    condition: Condition, content: list[Line | Block]
) -> None:
    text = "\n".join([f"# option: {condition.text}", "start", *written(content), ""])
    kept = "\n".join(["start", *expected(content), ""])
    assert apply_options(text, NAMES) == (kept if condition.holds else None, [])


@given(
    st.lists(
        st.sampled_from(["x", "  y:", "[", "]", "", "# option: a", "# option: b", "# end option"])
    )
)
def test_no_text_is_lost_and_no_gap_grows(rows: list[str]) -> None:
    text = "start\n" + "\n".join(rows) + "\n"
    left, faults = apply_options(text, dict.fromkeys("ab", True))
    if not faults:
        assert left is not None
        assert left.split() == [
            word for row in ["start", *rows] if "option" not in row for word in row.split()
        ]
        longest = max(map(len, re.findall(r"\n+", text)))
        assert "\n" * (longest + 1) not in left


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0")))
def test_any_text_is_read_without_an_exception(text: str) -> None:
    left, faults = apply_options(text, NAMES)
    assert left == text or faults or "option" in text
