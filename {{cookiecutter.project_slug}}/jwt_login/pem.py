# option: jwt
"""PEM blocks (RFC 7468) as they arrive in environment variables, often on one line."""

import re
from dataclasses import dataclass

BLOCK = re.compile(r"-----BEGIN (?P<label>[A-Z0-9 ]+)-----.*?-----END (?P=label)-----", re.DOTALL)
PLACEHOLDER = re.compile(r"change.?me|example|generate:|placeholder|your|^<.*>$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Block:
    """One PEM block: what it says it holds, and its whole text."""

    label: str
    text: str


def multiline(text: str) -> str:
    r"""Turn the two letters ``\n`` of a one-line PEM into line ends, and drop quotes around it."""
    return text.strip().strip("\"'").replace("\\n", "\n").strip() + "\n"


def one_line(text: str) -> str:
    r"""Write a PEM on one line, with ``\n`` for each line end, as an environment file takes it."""
    return text.replace("\n", "\\n")


def blocks(text: str, hint: str) -> list[Block]:
    """Find the blocks of a text; ValueError, ending in the hint, if it holds anything else."""
    lines = multiline(text)
    found = [Block(match["label"], match[0] + "\n") for match in BLOCK.finditer(lines)]
    rest = BLOCK.sub("", lines).strip()
    if "-----" not in rest and PLACEHOLDER.search(rest):
        raise ValueError(f"is a placeholder; {hint}")
    if rest:
        raise ValueError(f"is not a PEM key (-----BEGIN ... KEY-----); {hint}")
    return found


def only_block(text: str, hint: str) -> Block:
    """Return the one block of a text; ValueError, ending in the hint, if there is not just one."""
    found = blocks(text, hint)
    if len(found) != 1:
        raise ValueError(f"must hold one PEM key and holds {len(found)}; {hint}")
    return found[0]
