"""Projects follow the template with cruft, and change their answers later."""

import json
from pathlib import Path

import pytest

from tests.generation.answers import TREE, bake
from tests.generation.conftest import Run, commit
from tests.generation.test_determinism import Files, bytes_of, generated_files


@pytest.fixture
def project(run: Run, repository: Path, sandbox: Path) -> Path:
    """Return a project that cruft made, committed to a repository of its own."""
    done = run("cruft", "create", repository, "--no-input")
    assert done.returncode == 0, done.stdout + done.stderr
    folder = sandbox / "my-service"
    run("git", "init", "--quiet", cwd=folder)
    commit(run, folder)
    return folder


def update(run: Run, project: Path, *options: str) -> str:
    """Update a project without a conflict; return git's short list of what changed."""
    done = run("cruft", "update", "--skip-apply-ask", *options, cwd=project)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Good work!" in done.stdout
    assert "error" not in (done.stdout + done.stderr).lower()
    assert list(project.rglob("*.rej")) == []
    return run("git", "status", "--short", cwd=project).stdout


def tracked_files(run: Run, project: Path) -> Files:
    """Return mode and content of every file that git tracks."""
    names = run("git", "ls-files", "-z", cwd=project).stdout.split("\0")
    return {name: file for name, file in bytes_of(project).items() if name in names}


def test_cruft_makes_the_same_project(run: Run, project: Path, tmp_path: Path) -> None:
    made = tracked_files(run, project)
    assert made.pop(".cruft.json")
    assert made == generated_files(bake(tmp_path / "home" / "baked"))
    assert run("cruft", "check", cwd=project).returncode == 0


def test_an_update_brings_what_the_template_changed_and_nothing_else(
    run: Run, project: Path, repository: Path
) -> None:
    readme = repository / TREE.name / "README.md"
    readme.write_text(readme.read_text("utf-8") + "\nA new paragraph.\n", encoding="utf-8")
    (repository / TREE.name / "jwt_login" / "new.py").write_text(
        "# option: jwt\n", encoding="utf-8"
    )
    commit(run, repository)
    secrets = (project / ".env").read_bytes()
    assert run("cruft", "check", cwd=project).returncode == 1
    assert update(run, project).split() == ["M", ".cruft.json", "M", "README.md"]
    assert (project / "README.md").read_text("utf-8").endswith("\nA new paragraph.\n")
    assert (project / ".env").read_bytes() == secrets


def test_an_update_shows_no_secret(run: Run, project: Path) -> None:
    shown = run("cruft", "diff", cwd=project)
    assert (shown.stdout, shown.stderr) == ("", "")


def test_an_option_is_switched_on_and_off_again_later(run: Run, project: Path) -> None:
    for jwt in (True, False):
        update(run, project, "--variables-to-update", json.dumps({"use_jwt": jwt}))
        commit(run, project)
        made = tracked_files(run, project)
        assert made.pop(".cruft.json")
        assert made == generated_files(bake(project.parent / str(jwt), use_jwt=jwt))


def test_an_update_judges_answers_by_the_rules_it_brings(
    run: Run, project: Path, repository: Path
) -> None:
    check = repository / "hooks" / "pre_gen_project.py"
    check.write_text(check.read_text("utf-8").replace("8760", "9999"), encoding="utf-8")
    commit(run, repository)
    update(run, project, "--variables-to-update", json.dumps({"token_lifetime_hours": "9000"}))
    assert "9000" in (project / ".env.example").read_text(encoding="utf-8")


def test_cruft_refuses_a_bad_answer_and_leaves_nothing(
    run: Run, repository: Path, sandbox: Path
) -> None:
    answers = json.dumps({"project_slug": "../x", "domain": "{{ 7 * 7 }}"})
    done = run("cruft", "create", repository, "--no-input", "--extra-context", answers)
    assert done.returncode != 0
    assert "project_slug: must be" in done.stdout + done.stderr
    assert "domain: must be" in done.stdout + done.stderr
    assert list(sandbox.iterdir()) == []
