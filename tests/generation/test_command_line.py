"""The command of the README, as people type it, in any folder."""

import os
from pathlib import Path

from tests.generation.answers import bake, template
from tests.generation.conftest import Run
from tests.generation.test_determinism import bytes_of, generated_files


def test_one_command_in_any_folder_gives_a_project(run: Run, sandbox: Path) -> None:
    elsewhere = sandbox / "some where"
    elsewhere.mkdir()
    relative = os.path.relpath(template(), elsewhere)
    done = run("cookiecutter", relative, "--no-input", "project_name=O'Neil", cwd=elsewhere)
    assert (done.returncode, done.stderr) == (0, "")
    assert [path.name for path in elsewhere.iterdir()] == ["oneil"]


def test_answers_typed_at_the_prompts_arrive(run: Run, sandbox: Path, repository: Path) -> None:
    typed = ["Typed Name", "", "", "", "yes", "", "no", "y", "24", "2", "n", "n", "3"]
    done = run("cookiecutter", f"git+file://{repository}", typed="\n".join(typed) + "\n")
    assert done.returncode == 0, done.stdout + done.stderr
    by_name = bake(
        sandbox / "other",
        project_name="Typed Name",
        use_cors=True,
        token_lifetime_hours="24",  # noqa: S106 a number, no password
        django_version="6.1",
        use_example_api=False,
        ci_provider="none",
    )
    assert generated_files(sandbox / "typed-name") == generated_files(by_name)


def test_a_replay_gives_the_same_project(run: Run, sandbox: Path) -> None:
    answers = ("project_name=Again", "use_jwt=yes", "ci_provider=gitlab")
    assert run("cookiecutter", template(), "--no-input", *answers).returncode == 0
    replayed = run("cookiecutter", template(), "--replay", "--output-dir", "two")
    assert replayed.returncode == 0, replayed.stderr
    assert generated_files(sandbox / "again") == generated_files(sandbox / "two" / "again")


def test_generating_over_a_project_keeps_its_secrets(run: Run, sandbox: Path) -> None:
    command = ("cookiecutter", template(), "--no-input", "--overwrite-if-exists")
    assert run(*command).returncode == 0
    before = bytes_of(sandbox / "my-service")
    (sandbox / "my-service" / "accounts" / "own.py").write_text("OWN = 1\n", encoding="utf-8")
    assert run(*command).returncode == 0
    after = bytes_of(sandbox / "my-service")
    assert after.pop("accounts/own.py")[1] == b"OWN = 1\n"
    assert after == before
