"""Keeps or removes what the marks of options enclose, then writes `.env` with fresh secrets.

    "corsheaders",  # option: cors      one line; also // and --, <!-- -->, /* */, Jinja's comment
    # option: jwt and not token_expiry  a block, closed by a line `# end option`; blocks nest
A block that is opened on line 1 (line 2 after `#!`) and never closed is the whole file.
`use_jwt` gives the name `jwt`, a choice one name a value: `ci_provider_github`. This file names
no option, needs no network, imports little (that is most of its time); again, it changes nothing.
"""

import json
import os
import re
import shutil
import sys
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Iterator, Mapping
from contextlib import suppress

# The commented raw block keeps this file valid Python before it is rendered.
RENDERED_ANSWERS = r"""{{ cookiecutter | tojson }}"""
# {% raw %}

MARK = re.compile(
    r"(.*?)[ \t]*(?:#|//|--|<!--|/\*|\{#)[ \t]*(?:option:(.*?)|end option)"
    r"[ \t]*(?:-->|\*/|#\})?[ \t]*(\r?\n?)"
)
REMOVED = "\0"
BLANK = r"(?:[ \t\r]*\n|\0)*"
GAP = re.compile(rf"\n({BLANK}?\0{BLANK})(?=[ \t]*(.?))")
# A key on secp256r1 in PKCS#8 up to its 32 octets (RFC 5958, RFC 5915); the order of that curve.
P256_HEAD = "3041020100301306072a8648ce3d020106082a8648ce3d030107042730250201010420"
P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def option_names(answers: Mapping[str, object]) -> dict[str, bool]:
    """Return every name that a mark may use, and whether it holds."""
    names = {key[4:]: value is True for key, value in answers.items() if key.startswith("use_")}
    choices = answers["_choices"]
    for question, values in choices.items() if isinstance(choices, dict) else ():
        named = {re.sub("[^a-z0-9]+", "_", f"{question}_{each}".lower()): each for each in values}
        names |= {name: each == answers[question] for name, each in named.items()}
    return names


def holds(condition: str, names: Mapping[str, bool]) -> bool:
    """Evaluate names, `not`, `and`, `or`; raise KeyError with whatever else there is."""
    for word, joined in (("or", any), ("and", all)):
        parts = re.split(rf"\b{word}\b", condition)
        if len(parts) > 1:
            return joined([holds(part, names) for part in parts])
    text = condition.strip()
    return not holds(text[4:], names) if text.startswith("not ") else names[text]


def close_gap(gap: re.Match[str]) -> str:
    """Keep one of the runs of blank lines around what was removed, as a formatter would."""
    before, runs, after = gap.string[: gap.start()].rstrip(" \t\r"), gap[1].split(REMOVED), gap[2]
    if not before or not after:
        return "\n"
    opened, closed = before.endswith((":", "(", "[", "{")), after in ")]}"
    return "\n" + (runs[0] if opened else runs[-1] if closed else max(runs, key=len))


def apply_options(text: str, names: Mapping[str, bool]) -> tuple[str | None, list[str]]:
    """Return what is left of a text without NUL, None if nothing, and faults as `line: what`."""
    left, done, faults = "\n", 0, []
    blocks: list[tuple[int, bool]] = []
    at = text.find("option")
    while at >= 0:
        start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at) + 1 or len(text)
        at = text.find("option", end)
        if not (mark := MARK.fullmatch(text, start, end)):
            continue
        wanted = all(holding for _, holding in blocks)
        left += text[done:start] if wanted else REMOVED
        done, number, holding = end, 1 + text.count("\n", 0, start), True
        code, condition, end_of_line = mark.groups()
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
    kept = all(holding for _, holding in blocks)
    return (GAP.sub(close_gap, left + text[done:])[1:] if kept else None), faults


def marked_files(folder: str) -> Iterator[tuple[str, str]]:
    """Yield the text files that may hold marks, in a fixed order; remove what tools have left."""
    for place, folders, files in os.walk(folder):
        caches = r"__pycache__|\..*_cache" if place == folder else "__pycache__"
        for cache in [name for name in folders if re.fullmatch(caches, name)]:
            shutil.rmtree(os.path.join(place, cache))  # the walk passes by what is not there
        folders[:] = sorted({*folders} - {".git", ".venv"})
        paths = [os.path.join(place, name) for name in sorted(files)]
        for path in [path for path in paths if not os.path.islink(path)]:
            with suppress(UnicodeDecodeError), open(path, "rb") as file:
                if b"option" in (content := file.read()) and b"\0" not in content:
                    yield path, content.decode()


def p256_key() -> str:
    """Return a new private key for ES256, as PEM in quotes on one line."""
    scalar = int.from_bytes(os.urandom(40)) % (P256_ORDER - 1) + 1  # FIPS 186-5, A.2.1
    body = b64encode(bytes.fromhex(P256_HEAD) + scalar.to_bytes(32)).decode()
    return rf'"-----BEGIN PRIVATE KEY-----\n{body[:64]}\n{body[64:]}\n-----END PRIVATE KEY-----\n"'


def environment(example: str) -> str:
    """Return the text of `.env`: the example with secrets in the places kept for them."""
    new = {"secret": lambda: urlsafe_b64encode(os.urandom(66)).decode(), "p256": p256_key}
    return re.sub(r"=generate:(secret|p256)[ \t]*", lambda mark: f"={new[mark[1]]()}", example)


def finish(folder: str | os.PathLike[str], answers: Mapping[str, object]) -> str | None:
    """Apply the options and write `.env`, or change nothing and return all faults."""
    names, faults, results = option_names(answers), [], []
    for path, text in marked_files(os.fspath(folder)):
        left, found = apply_options(text, names)
        faults += [f"{os.path.relpath(path, folder)}:{fault}" for fault in found]
        results += [(path, left)] if left != text else []
    if faults:
        return "\n".join(faults)
    for path, left in results:
        if left is None:
            os.remove(path)
            with suppress(OSError):
                os.removedirs(os.path.dirname(path))
        else:
            with open(path, "wb") as file:
                file.write(left.encode())
    with suppress(FileNotFoundError, FileExistsError), open(f"{folder}/.env.example", "rb") as file:
        example = file.read().decode()
        # The owner's own `.env` stays; a new one is for the owner's eyes from its first byte on.
        with open(f"{folder}/.env", "xb", opener=lambda *to: os.open(to[0], to[1], 0o600)) as own:
            own.write(environment(example).encode())
    return None


if __name__ == "__main__":
    sys.exit(finish(".", json.loads(RENDERED_ANSWERS)))
# {% endraw %}
