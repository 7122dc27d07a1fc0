"""Keeps or removes what the marks of options enclose, then writes `.env` with fresh secrets.

    "corsheaders",  # option: cors      one line; also // and --, <!-- -->, /* */, Jinja's comment
    # option: jwt and not token_expiry  a block, closed by a line `# end option`; blocks nest
A block that is opened on line 1 (line 2 after `#!`) and never closed is the whole file.
`use_jwt` gives the name `jwt`, a choice one name a value: `ci_provider_github`. This file names
no option, needs the standard library only and no network; a second run changes nothing.
"""

import json
import os
import re
import secrets
import shutil
import sys
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

# The commented raw block keeps this file valid Python before it is rendered.
RENDERED_ANSWERS = r"""{{ cookiecutter | tojson }}"""
# {% raw %}

MARK = re.compile(
    r"(.*?)[ \t]*(?:#|//|--|<!--|/\*|\{#)[ \t]*(?:option:(.*?)|end option)"
    r"[ \t]*(?:-->|\*/|#\})?[ \t]*(\r?\n?)"
)
REMOVED = "\0"
BLANK = r"(?:[ \t\r]*\n|\0)*"
GAP = re.compile(rf"([^ \t\r\n\0]?[ \t\r]*\n|\A)({BLANK}?\0{BLANK})(?=[ \t]*(.?))")
# A key on secp256r1 in PKCS#8 up to its 32 octets (RFC 5958, RFC 5915); the order of that curve.
P256_HEAD = "3041020100301306072a8648ce3d020106082a8648ce3d030107042730250201010420"
P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def option_names(answers: Mapping[str, Any]) -> dict[str, bool]:
    """Return every name that a mark may use, and whether it holds."""
    names = {key[4:]: value for key, value in answers.items() if key.startswith("use_")}
    for question, values in answers["_choices"].items():
        named = {re.sub("[^a-z0-9]+", "_", f"{question}_{each}".lower()): each for each in values}
        names |= {name: each == answers[question] for name, each in named.items()}
    return names


def holds(condition: str, names: Mapping[str, bool]) -> bool:
    """Evaluate names, `not`, `and`, `or`; raise KeyError with whatever else there is."""

    def term(text: str) -> bool:
        text = text.strip()
        return not term(text[4:]) if text.startswith("not ") else names[text]

    either = re.split(r"\bor\b", condition)
    return any(map(all, [[term(part) for part in re.split(r"\band\b", both)] for both in either]))


def close_gap(gap: re.Match[str]) -> str:
    """Keep one of the runs of blank lines around what was removed, as a formatter would."""
    before, runs, after = gap[1], gap[2].split(REMOVED), gap[3]
    if not after or not before.strip(" \t\r\n"):
        return before.lstrip(" \t\r\n")
    if before.startswith((":", "(", "[", "{")):
        return before + runs[0]
    return before + (runs[-1] if after in ")]}" else max(runs, key=len))


def apply_options(text: str, names: Mapping[str, bool]) -> tuple[str | None, list[str]]:
    """Return what is left of a text without NUL, None if nothing, and faults as `line: what`."""
    left, faults = "", []
    blocks: list[tuple[int, bool]] = []
    for number, line in enumerate(re.findall(r"[^\n]*\n|[^\n]+", text), 1):
        wanted = all(holding for _, holding in blocks)
        mark = MARK.fullmatch(line) if "option" in line else None
        if not mark:
            left += line if wanted else REMOVED
            continue
        code, condition, end_of_line = mark.groups()
        holding = True
        try:
            holding = condition is None or holds(condition, names)
        except KeyError as error:
            faults.append(f"{number}: {error} is no option; there are {', '.join(names)}")
        left += code + end_of_line if code.strip() and wanted and holding else REMOVED
        if condition is not None:
            blocks += [] if code.strip() else [(number, holding)]
        elif blocks and not code.strip():
            blocks.pop()
        else:
            faults.append(f"{number}: 'end option' ends no block here")
    unclosed = [number for number, _ in blocks if number != 1 + text.startswith("#!")]
    faults += [f"{number}: the block is never ended" for number in unclosed]
    return (GAP.sub(close_gap, left) if all(kept for _, kept in blocks) else None), faults


def marked_files(folder: Path) -> Iterator[tuple[Path, str]]:
    """Yield the text files that may hold marks, in a fixed order."""
    for place, folders, files in os.walk(folder):
        folders[:] = sorted({*folders} - {".git", ".venv"})
        for path in (Path(place, name) for name in sorted(files)):
            with suppress(UnicodeDecodeError):
                text = "" if path.is_symlink() else path.read_bytes().decode()
                if "option" in text and REMOVED not in text:
                    yield path, text


def p256_key() -> str:
    """Return a new private key for ES256, as PEM in quotes on one line."""
    scalar = secrets.randbelow(P256_ORDER - 1) + 1
    body = b64encode(bytes.fromhex(P256_HEAD) + scalar.to_bytes(32)).decode()
    return rf'"-----BEGIN PRIVATE KEY-----\n{body[:64]}\n{body[64:]}\n-----END PRIVATE KEY-----\n"'


def environment(example: str) -> str:
    """Return the text of `.env`: the example with secrets in the places kept for them."""
    text = re.sub("=generate:secret[ \t]*", lambda _: f"={secrets.token_urlsafe(64)}", example)
    return re.sub("=generate:p256[ \t]*", lambda _: f"={p256_key()}", text)


def finish(folder: Path, answers: Mapping[str, Any]) -> str | None:
    """Apply the options and write `.env`, or change nothing and return all faults."""
    for cache in [*folder.rglob("__pycache__"), *folder.glob(".*_cache")]:
        shutil.rmtree(cache)  # left by somebody who tried the template in place
    names, faults, results = option_names(answers), [], []
    for path, text in marked_files(folder):
        left, found = apply_options(text, names)
        faults += [f"{path.relative_to(folder)}:{fault}" for fault in found]
        results += [(path, left)] if left != text else []
    if faults:
        return "\n".join(faults)
    for path, left in results:
        if left is None:
            path.unlink()
            with suppress(OSError):
                os.removedirs(path.parent)
        else:
            path.write_bytes(left.encode())
    with suppress(FileNotFoundError, FileExistsError):
        example = (folder / ".env.example").read_bytes().decode()
        # The owner's own `.env` stays; a new one is for the owner's eyes from its first byte on.
        with open(folder / ".env", "xb", opener=partial(os.open, mode=0o600)) as file:
            file.write(environment(example).encode())
    return None


if __name__ == "__main__":
    sys.exit(finish(Path.cwd(), json.loads(RENDERED_ANSWERS)))
# {% endraw %}
