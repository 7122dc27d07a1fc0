"""What a user's own configuration of cookiecutter can do to the answers."""

import json
from pathlib import Path

import pytest

from tests.generation.answers import questions, template
from tests.generation.conftest import Run
from tests.generation.test_refused_answers import assert_refused


def configured(sandbox: Path, defaults: dict[str, object]) -> Path:
    """Write a user configuration with defaults of the user's own."""
    config = sandbox.parent / "home" / "own.yaml"
    places = json.loads((sandbox.parent / "home" / "cookiecutter.yaml").read_text("utf-8"))
    config.write_text(json.dumps({**places, "default_context": defaults}), encoding="utf-8")
    return config


@pytest.mark.parametrize(
    "defaults",
    [
        {"use_token_expiry": 0},
        {"project_name": "{{ cookiecutter.nope }}"},
        {"domain": None},
        {"description": "a\nb"},
    ],
    ids=str,
)
def test_bad_defaults_of_a_user_are_refused(
    run: Run, sandbox: Path, defaults: dict[str, object]
) -> None:
    config = configured(sandbox, defaults)
    done = run("cookiecutter", template(), "--no-input", "--config-file", config)
    assert_refused(done, sandbox, *defaults)


def test_values_that_cookiecutter_drops_from_a_users_file_leave_the_safe_defaults(
    run: Run, sandbox: Path
) -> None:
    # One impossible value makes cookiecutter forget those after it.
    config = configured(sandbox, {"ci_provider": "jenkins", "use_token_expiry": False})
    done = run("cookiecutter", template(), "--no-input", "--config-file", config)
    assert done.returncode == 0, done.stderr
    replay = next(sandbox.parent.glob("home/replay/*.json")).read_text(encoding="utf-8")
    assert json.loads(replay)["cookiecutter"]["use_token_expiry"] is True
    assert questions()["use_token_expiry"] is True
