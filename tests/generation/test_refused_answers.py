"""The real command line refuses with one message, a failure and nothing left behind."""

import json
import subprocess
from pathlib import Path

import pytest
from cookiecutter.exceptions import FailedHookException
from pytest_cookies.plugin import Cookies

from tests.generation.answers import template
from tests.generation.conftest import Run

TABLE: dict[str, list[str]] = {
    "project_name": [
        *('a"b', 'a"""b', "a\\", "a\\nb", "a`id`", "a$(id)", "a{b}", "<b>", "option: jwt"),
        *("{{ 7 * 7 }}", "{{ 1 / 0 }}", "{{ nope }}", "{{ cookiecutter | nofilter }}", "{{"),
        *("{% raw %}", "{% endraw %}", "{% if %}", "{#", "{{ cookiecutter.project_slug }}"),
        *("a\nb", "a\r\nb", "\x1b[31m", "a\0b", "a\u2028b", "a\u202eb", "\udcff", "x" * 1000),
        *("", " ", " a", "a\t"),
    ],
    "description": ["", "<script>", "x # option: jwt", "# end option", "y" * 1000, "{{ a"],
    "project_slug": ["", ".", "..", "../x", "/x", "a/b/c", "A", "{{ x }}", "django", "x" * 1000],
    "domain": ["", "localhost", "10.0.0.1", "https://a.b", "A.b", "*.a.b", "a.b\n"],
    "token_lifetime_hours": ["", "0", "8761", "many", "1e2", "{{ 5 }}"],
}
REFUSED = [(question, answer) for question, answers in TABLE.items() for answer in answers]
HARDEST = [
    ("project_name", '"""'),
    ("project_name", "{% raw %}"),
    ("project_name", "{{ 1 / 0 }}"),
    ("project_name", "a\nb\x1b[31m"),
    ("project_name", "\udcff"),
    ("description", "x" * 1000),
    ("project_slug", ""),
    ("project_slug", "../x"),
    ("project_slug", "a/b/c"),
]


def traces(folder: Path) -> list[str]:
    """Return what lies beside and below the sandbox but for cookiecutter's own files."""
    found = (path for path in folder.parent.rglob("*") if "home" not in path.parts)
    return sorted(str(path.relative_to(folder.parent)) for path in found)


def assert_refused(
    done: subprocess.CompletedProcess[str], sandbox: Path, *named: str, kept: tuple[str, ...] = ()
) -> None:
    """Check the exit code, the message and that nothing was left."""
    assert done.returncode == 1, done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    lines = done.stdout.splitlines()
    assert lines[0] == "Nothing was written. Please change these answers:"
    assert {line.strip().partition(":")[0] for line in lines[1:]} == set(named)
    assert done.stderr == ""
    assert traces(sandbox) == sorted(["sandbox", *kept])


@pytest.mark.parametrize(("question", "answer"), REFUSED, ids=ascii)
def test_a_bad_answer_is_refused(
    cookies: Cookies, tmp_path: Path, question: str, answer: str
) -> None:
    result = cookies.bake({question: answer}, template=str(template()))
    assert isinstance(result.exception, FailedHookException)
    assert f"  {question}: " in str(result.exception)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert [path.name for path in tmp_path.glob("cookies/*/*")] == []


@pytest.mark.parametrize(("question", "answer"), HARDEST, ids=ascii)
def test_the_command_line_says_it_once_and_fails(
    run: Run, sandbox: Path, question: str, answer: str
) -> None:
    done = run("cookiecutter", template(), "--no-input", f"{question}={answer}")
    assert_refused(done, sandbox, question)


ALL_WRONG = {
    "project_name": "{% raw %}",
    "project_slug": "../x",
    "description": '"',
    "domain": "{{ 7 * 7 }}",
    "cors_allowed_origins": "*",
    "token_lifetime_hours": "0",
}


@pytest.mark.parametrize("hooks", ["yes", "no"])
def test_all_that_is_wrong_is_named_at_once_with_hooks_and_without(
    run: Run, sandbox: Path, hooks: str
) -> None:
    given = [f"{question}={answer}" for question, answer in ALL_WRONG.items()]
    options = ("--no-input", "--accept-hooks", hooks)
    done = run("cookiecutter", template(), *options, "use_cors=yes", *given)
    assert_refused(done, sandbox, *ALL_WRONG)


def changed_replay(run: Run, sandbox: Path, changes: dict[str, object]) -> Path:
    """Generate a project and return its replay file with other answers in it."""
    assert run("cookiecutter", template(), "--no-input", "project_slug=first").returncode == 0
    replay = next(sandbox.parent.glob("home/replay/*.json"))
    context = json.loads(replay.read_text(encoding="utf-8"))
    context["cookiecutter"] |= changes
    changed = sandbox.parent / "home" / "changed.json"
    changed.write_text(json.dumps(context), encoding="utf-8")
    return changed


@pytest.mark.parametrize("hooks", ["yes", "no"])
def test_a_replay_is_checked_like_a_first_answer(run: Run, sandbox: Path, hooks: str) -> None:
    wrong = {**ALL_WRONG, "use_cors": True, "use_jwt": "maybe", "ci_provider": "jenkins"}
    replay = changed_replay(run, sandbox, wrong)
    before = tuple(trace for trace in traces(sandbox) if trace != "sandbox")
    done = run("cookiecutter", template(), "--replay-file", replay, "--accept-hooks", hooks)
    assert_refused(done, sandbox, *ALL_WRONG, "use_jwt", "ci_provider", kept=before)


def test_a_replay_that_leaves_out_the_extension_meets_the_hook(run: Run, sandbox: Path) -> None:
    replay = changed_replay(run, sandbox, {"_extensions": [], "project_slug": "b", "domain": "x"})
    before = traces(sandbox)
    done = run("cookiecutter", template(), "--replay-file", replay)
    assert done.returncode == 1
    assert "  domain: must be" in done.stderr
    assert traces(sandbox) == before


@pytest.mark.parametrize(
    ("question", "answer"), [("use_jwt", "perhaps"), ("ci_provider", "jenkins")]
)
def test_an_impossible_value_leaves_nothing(
    run: Run, sandbox: Path, question: str, answer: str
) -> None:
    # Cookiecutter itself stops here, with an error of its own that names the question.
    done = run("cookiecutter", template(), "--no-input", f"{question}={answer}")
    assert done.returncode == 1
    assert question in done.stderr
    assert traces(sandbox) == ["sandbox"]
