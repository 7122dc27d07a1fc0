"""An answer is data: it works in every file, or is refused with one message and no trace."""

import subprocess
import sys
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from cookiecutter.exceptions import FailedHookException
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hooks.pre_gen_project import refusal
from tests.generation.answers import all_options, bake, raw_context
from tests.generation.comparing import PLAIN, data, swapped, text_files
from tests.hooks.test_answer_forms import LONGEST_HOST

STRANGE = [
    {"project_name": "O'Reilly & Söhne: #1 100% 'best'", "description": "It's # not: a % comment"},
    {"project_name": "#hash", "description": "- dash: [x](y) | * _ ~ ! ; ? ^ = + @"},
    {"project_name": "👩\u200d💻 🚀 你好", "description": "e\u0301 क्षि नी\u200cल ❤\ufe0f"},
    {"project_name": "''' '' '", "description": "''' %s %(x)s %d ''' // -- /* */"},
    {"project_name": "yes", "description": "null"},
    {"project_name": "1e3", "description": "@decorator"},
    {"project_name": "Stock option", "description": "~"},
    {"project_name": "a" * 50, "description": "b" * 80},
    {"project_name": "你" * 25, "description": "好" * 40},
    {"project_slug": "a" * 50, "domain": "xn--bcher-kva.example"},
]


@cache
def plain() -> dict[str, str]:
    """Return the texts of a project with plain answers."""
    with TemporaryDirectory() as folder:
        return text_files(bake(Path(folder), **all_options(), **PLAIN))


def assert_only_data(answers: dict[str, str]) -> None:
    """Generate, and compare every file with the one that plain answers give."""
    with TemporaryDirectory() as folder:
        texts = text_files(bake(Path(folder), **{**all_options(), **PLAIN, **answers}))
    assert texts == swapped(plain(), answers)
    for name, text in texts.items():
        assert data(name, text) == swapped(data(name, plain()[name]), answers), name


@pytest.mark.parametrize("answers", STRANGE, ids=str)
def test_a_strange_answer_is_the_same_data_in_every_file(answers: dict[str, str]) -> None:
    assert_only_data(answers)


@pytest.mark.parametrize(
    "answers",
    [
        {
            "project_name": "Caf\u00e9 \u2013 \u201cx\u201d\u00a0\u0445",
            "description": "\uff41\uff42 1\u00d72",
        },
        {"project_name": "你" * 25, "description": "好" * 40},
        {"domain": LONGEST_HOST, "project_slug": "a" * 50},
    ],
    ids=["look-alike letters", "wide letters", "long names"],
)
def test_a_strange_answer_is_no_fault_in_the_projects_own_checks(
    tmp_path: Path, answers: dict[str, str]
) -> None:
    project = bake(tmp_path, **all_options(), **answers)
    for command in (["check", "--output-format=concise"], ["format", "--check"]):
        run = [sys.executable, "-m", "ruff", *command, "--no-cache"]
        done = subprocess.run(run, cwd=project, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout


texts = st.text(min_size=1, max_size=60) | st.text(
    alphabet="\"'\\{}%#$`<>:&-\n \u2028\u202eä🚀\u0301option: ", min_size=1, max_size=40
)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(texts, texts)
def test_any_text_is_refused_without_a_trace_or_is_the_same_data(name: str, text: str) -> None:
    answers = {**PLAIN, "project_name": name, "description": text}
    context = {"_choices": raw_context()["_choices"], **answers}
    message = refusal(context)
    if not message:
        assert_only_data(answers)
        return
    with TemporaryDirectory() as folder:
        with pytest.raises(FailedHookException) as refused:
            bake(Path(folder), **answers)
        assert list(Path(folder).iterdir()) == []
    for question in ("project_name", "description"):
        assert (f"  {question}:" in str(refused.value)) == (f"  {question}:" in message)
