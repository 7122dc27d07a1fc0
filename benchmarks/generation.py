"""How long a project takes to generate, against a template of one file.

benchmarks/README.md says how to run it and how to read it.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from statistics import median, quantiles

from tests.generation.answers import all_options, isolated_config, template

BOUND = 1.5
MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of ours is made in it
ONE, OURS, ALL = "one file", "ours", "ours, all options"


def one_file(folder: Path) -> Path:
    """Write the smallest template that fills something in."""
    answers = {"project_name": "My Service", "project_slug": "one-file"}
    (folder / "{{cookiecutter.project_slug}}").mkdir(parents=True)
    (folder / "cookiecutter.json").write_text(json.dumps(answers), encoding="utf-8")
    readme = folder / "{{cookiecutter.project_slug}}" / "README.md"
    readme.write_text("# {{ cookiecutter.project_name }}\n", encoding="utf-8")
    return folder


def generated(
    command: list[str], config: Path, output: Path, environment: Mapping[str, str]
) -> tuple[float, int]:
    """Generate a project below `output`; return the seconds, and the number of its files.

    Nothing is removed before the end: ext4 passes by what was removed in the last minute, one
    by one, and each new file would take ten times longer.
    """
    output.mkdir()
    given = [*command, "--no-input", "--config-file", str(config), "--output-dir", str(output)]
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "cookiecutter", *given],
        env={**environment, "TMPDIR": str(output.parent)},
        capture_output=True,
        text=True,
        check=False,
    )
    seconds = time.perf_counter() - began
    files = sum(path.is_file() for path in output.rglob("*"))
    if done.returncode or not files:
        said = done.stdout + done.stderr
        message = f"{' '.join(command)}: exit code {done.returncode}, {files} files\n{said}"
        raise RuntimeError(message)
    return seconds, files


def main() -> int:
    """Return 0 within the bound, 1 beyond it, 2 without figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=11)
    parser.add_argument("--folder", type=Path, default=MEMORY if MEMORY.is_dir() else None)
    given = parser.parse_args()
    # As a user has it: Python keeps what it has compiled.
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    found: dict[str, list[float]] = {ONE: [], OURS: [], ALL: []}
    counted: dict[str, int] = {}
    with tempfile.TemporaryDirectory(prefix="generation-", dir=given.folder) as name:
        folder = Path(name)
        config, every = isolated_config(folder / "home"), all_options()
        commands = {
            ONE: [str(one_file(folder / "one"))],
            OURS: [str(template())],
            ALL: [str(template()), *(f"{question}=yes" for question in every)],
        }
        try:
            for number in range(given.rounds + 1):
                for of, command in commands.items():
                    output = folder / f"{number}-{len(command)}-{of[:4]}"
                    seconds, counted[of] = generated(command, config, output, environment)
                    if number:  # the first run compiles what is imported
                        found[of].append(seconds)
        except RuntimeError as error:
            sys.stderr.write(f"No figures: {error}\n")
            return 2
    sys.stdout.write("template            files     ms (quarters)    ratio (quarters)\n")
    for of, taken in found.items():
        low, _, high = quantiles(taken, n=4)
        ratios = [a / b for a, b in zip(taken, found[ONE], strict=True)]
        lowest, _, highest = quantiles(ratios, n=4)
        sys.stdout.write(
            f"{of:<20}{counted[of]:>5}{1000 * median(taken):>7.0f}"
            f" ({1000 * low:.0f} - {1000 * high:.0f})"
            f"{median(taken) / median(found[ONE]):>8.2f} ({lowest:.2f} - {highest:.2f})\n"
        )
    return int(median(found[OURS]) > BOUND * median(found[ONE]))


if __name__ == "__main__":
    sys.exit(main())
