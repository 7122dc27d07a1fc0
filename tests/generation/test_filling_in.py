"""Plain answers are filled in as Jinja would, without its compiler, and hooks have little to do."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from cookiecutter.exceptions import FailedHookException
from cookiecutter.main import cookiecutter
from cookiecutter.utils import create_env_with_context
from jinja2 import Environment, FileSystemLoader, StrictUndefined, UndefinedError

from local_extensions import FilledIn
from tests.generation.answers import ROOT, TREE, isolated_config, raw_context, template
from tests.generation.test_files_without_answers import holds_answers, tree_paths

ODD = {"project_name": "O'Neil & Söhne: 100 % 🚀 \\1 \\g<0>", "description": "{# no #} {{ x }}"}


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> Environment:
    """Return what cookiecutter renders with, in the folder it renders from."""
    monkeypatch.chdir(template() / TREE.name)
    made: Environment = create_env_with_context({"cookiecutter": raw_context()})
    return made


def test_every_file_is_filled_in_as_jinja_would(environment: Environment) -> None:
    jinja = Environment(
        loader=FileSystemLoader("."),
        undefined=StrictUndefined,
        keep_trailing_newline=environment.keep_trailing_newline,
        autoescape=False,  # noqa: S701 - as cookiecutter's own
    )
    names = (*raw_context(), "__python")
    answers: dict[str, Any] = {name: f"an answer to {name}" for name in names} | ODD
    filled = [
        path.as_posix()
        for path in tree_paths()
        if path.suffix != ".pyc" and Path(path).is_file() and holds_answers(path)
    ]
    assert filled
    for path in filled:
        expected = jinja.get_template(path).render(cookiecutter=answers)
        found = environment.get_template(path)
        assert isinstance(found, FilledIn), path
        assert found.render(cookiecutter=answers) == expected


@pytest.mark.parametrize("text", ["{{ cookiecutter.domain | upper }}", "{% if 1 %}x{% endif %}"])
def test_what_is_more_than_an_answer_is_left_to_jinja(
    environment: Environment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    (tmp_path / "more").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    environment.loader = FileSystemLoader(".")
    answer = environment.get_template("more").render(cookiecutter={"domain": "x"})
    assert answer in {"X", "x"}


def test_an_answer_that_is_not_there_is_an_error() -> None:
    with pytest.raises(UndefinedError, match="nothing"):
        FilledIn("{{ cookiecutter.nothing }}").render(cookiecutter={})


def test_a_generation_compiles_no_file_and_no_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compiled: list[str] = []
    compiler = Environment.compile

    def counted(self: Environment, source: str, *args: Any, **kwargs: Any) -> Any:
        compiled.append(source)
        return compiler(self, source, *args, **kwargs)

    monkeypatch.setattr(Environment, "compile", counted)
    config = str(isolated_config(tmp_path / "home"))
    cookiecutter(str(template()), no_input=True, output_dir=str(tmp_path), config_file=config)
    post = (ROOT / "hooks" / "post_gen_project.py").read_text("utf-8")
    own = {value for value in raw_context().values() if isinstance(value, str)}
    assert [source for source in compiled if source not in {TREE.name, post, *own}] == []


def test_the_hook_that_checks_is_empty_once_the_answers_are_checked() -> None:
    check = (ROOT / "hooks" / "pre_gen_project.py").read_text("utf-8")
    context = raw_context() | {"django_version": "6.1", "ci_provider": "none"}
    good = context | {"project_slug": "a", "token_lifetime_hours": "1"}
    hook = create_env_with_context({"cookiecutter": good}).from_string(check)
    assert hook.render(cookiecutter=good) == ""
    with pytest.raises(FailedHookException, match="domain: must be"):
        hook.render(cookiecutter=good | {"domain": "x"})


def test_the_hook_that_runs_imports_nothing_slow() -> None:
    code = "import sys; exec(open(sys.argv[1]).read(), {}); print(*sys.modules)"
    hook = str(ROOT / "hooks" / "post_gen_project.py")
    run = [sys.executable, "-I", "-S", "-c", code, hook]
    loaded = subprocess.run(run, capture_output=True, text=True, check=True).stdout.split()
    assert {"pathlib", "typing", "secrets", "hashlib", "subprocess", "tempfile"} & {
        *loaded
    } == set()
