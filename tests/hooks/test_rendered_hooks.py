"""Rendered by cookiecutter, the hooks run as scripts and get every answer as it was given."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from cookiecutter.utils import create_env_with_context

from tests.generation.answers import ROOT, raw_context
from tests.hooks.test_answer_check import GOOD

HOOKS = [ROOT / "hooks" / f"{name}_gen_project.py" for name in ("pre", "post")]
PRE, POST = HOOKS
ODD = '\'""" \\ {% endraw %} {{ x }} \n\r\t\0 </script> & \u2028 🚀 \ud800'


def rendered(hook: Path, answers: dict[str, Any]) -> str:
    """Return the hook's text as cookiecutter renders it."""
    environment = create_env_with_context({"cookiecutter": {}})
    template = environment.from_string(hook.read_text(encoding="utf-8"))
    return str(template.render(cookiecutter=answers))


def run_as_script(
    hook: Path, answers: dict[str, Any], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> object:
    """Run the rendered hook in this process, below its own name; return what it exits with."""
    monkeypatch.chdir(folder)
    code = compile(rendered(hook, answers), str(hook), "exec")
    with pytest.raises(SystemExit) as stopped:
        exec(code, {"__name__": "__main__"})  # noqa: S102 the code is this repository's own
    return stopped.value.code


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook.stem)
def test_answers_arrive_unchanged_whatever_they_hold(hook: Path) -> None:
    names: dict[str, Any] = {"__name__": "hook"}
    exec(rendered(hook, {"odd": ODD, "on": True}), names)  # noqa: S102 as above
    assert json.loads(names["RENDERED_ANSWERS"]) == {"odd": ODD, "on": True}


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook.stem)
def test_rendering_changes_nothing_but_the_answers(hook: Path) -> None:
    source = hook.read_text(encoding="utf-8").splitlines()
    changed = [
        before
        for before, after in zip(source, rendered(hook, {}).splitlines(), strict=True)
        if before != after
    ]
    assert changed == [
        'RENDERED_ANSWERS = r"""{{ cookiecutter | tojson }}"""',
        "# {% raw %}",
        "# {% endraw %}",
    ]


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook.stem)
def test_a_hook_needs_the_standard_library_only(hook: Path, tmp_path: Path) -> None:
    project = tmp_path / "project"
    project.mkdir()
    script = tmp_path / "hook.py"
    script.write_text(rendered(hook, GOOD), encoding="utf-8")
    # -I and -S: no installed packages, no neighbours, no environment variables
    run = [sys.executable, "-I", "-S", str(script)]
    done = subprocess.run(run, cwd=project, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_post_hook_names_no_option() -> None:
    # Its docstring may show marks; the code below must not know them.
    code = POST.read_text(encoding="utf-8").split('"""', 2)[2]
    questions = [key for key in raw_context() if key.startswith("use_")]
    choices = list(raw_context()["_choices"])
    words = {name.removeprefix("use_") for name in [*questions, *choices]}
    assert [word for word in words if re.search(rf"\b{word}", code)] == []


def test_the_pre_hook_stops_with_one_message(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = run_as_script(PRE, {**GOOD, "domain": "x"}, tmp_path, monkeypatch)
    assert isinstance(message, str)
    assert message.splitlines()[1:] == [message.splitlines()[1]]
    assert "domain" in message
    assert run_as_script(PRE, GOOD, tmp_path, monkeypatch) is None


def test_the_post_hook_works_in_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "one.py").write_text("1  # option: cors\n2\n", encoding="utf-8")
    assert run_as_script(POST, {**GOOD, "use_cors": False}, tmp_path, monkeypatch) is None
    assert (tmp_path / "one.py").read_text(encoding="utf-8") == "2\n"


def test_the_post_hook_stops_with_all_faults(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "one.py").write_text("# option: a\n1\n2  # option: b\n", encoding="utf-8")
    message = run_as_script(POST, {**GOOD, "use_cors": True}, tmp_path, monkeypatch)
    assert isinstance(message, str)
    assert [line.split(" is ")[0] for line in message.splitlines()] == [
        "one.py:1: 'a'",
        "one.py:3: 'b'",
    ]


def test_hooks_can_be_copied_anywhere(tmp_path: Path) -> None:
    # Cookiecutter runs a copy in the temporary folder: a hook must not import its neighbours.
    for hook in HOOKS:
        shutil.copy(hook, tmp_path / hook.name)
        run = [sys.executable, "-I", "-c", "import runpy, sys; runpy.run_path(sys.argv[1])"]
        subprocess.run([*run, str(tmp_path / hook.name)], check=True)
