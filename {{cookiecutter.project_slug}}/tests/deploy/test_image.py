"""The image: no root, no secret, nothing of development."""

import json
import re

import pytest

from tests.deploy.files import DEPLOY, PROJECT
from tests.deploy.test_variables import required_variables

TEXT = (DEPLOY / "Dockerfile").read_text("utf-8")
# One instruction a line.
DOCKERFILE = re.sub(r"^#.*\n", "", TEXT, flags=re.MULTILINE).replace("\\\n", " ")
LAST_STAGE = DOCKERFILE[DOCKERFILE.rindex("\nFROM ") :]


def test_the_process_is_a_numbered_user_that_is_not_root() -> None:
    users = re.findall(r"^USER (\d+):(\d+)$", LAST_STAGE, re.MULTILINE)
    assert len(users) == 1
    assert all(int(number) > 0 for number in users[0])


def test_the_process_cannot_change_its_own_code() -> None:
    assert "--chown" not in LAST_STAGE
    assert "PYTHONDONTWRITEBYTECODE=1" in LAST_STAGE


def test_the_image_keeps_no_secret() -> None:
    kept = " ".join(re.findall(r"^(?:ARG|ENV) .+$", DOCKERFILE, re.MULTILINE))
    names = re.findall(r"\b([A-Z][A-Z0-9_]*)=", kept)
    assert names
    assert not [name for name in names if re.search("SECRET|PASSWORD|KEY|TOKEN|URL", name)]


def test_the_build_is_given_no_secret_but_makes_up_what_production_requires() -> None:
    made_up = set(re.findall(r"\b([A-Z][A-Z0-9_]*)=", DOCKERFILE))
    assert required_variables() - made_up == set()
    assert re.findall(r'\b(?:SECRET|PRIVATE)_KEY=(?!"\$\()', DOCKERFILE) == []
    assert "--mount=type=secret" not in DOCKERFILE


def test_the_image_installs_what_is_locked_and_nothing_of_development() -> None:
    assert "uv sync --locked --no-dev" in DOCKERFILE


def test_the_last_stage_takes_the_pip_of_its_base_away_and_installs_nothing() -> None:
    (command,) = re.findall(r"^RUN (.+)$", LAST_STAGE, re.MULTILINE)
    assert "'pip', 'ensurepip'" in command
    assert "shutil.rmtree" in command


def test_the_image_runs_the_production_server_and_says_when_it_is_alive() -> None:
    assert "DJANGO_SETTINGS_MODULE=config.settings.production" in LAST_STAGE
    command = re.findall(r"^CMD (.+)$", LAST_STAGE, re.MULTILINE)
    assert [json.loads(words) for words in command] == [["python", "-m", "config.server"]]
    assert re.search(r"^HEALTHCHECK .*/livez", LAST_STAGE, re.MULTILINE)


def test_the_base_image_is_an_argument() -> None:
    assert set(re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE)) == {"${PYTHON_IMAGE}"}


@pytest.mark.parametrize(
    "pattern", [".git/", "**/.env", "**/.env.*", "**/*.pem", "deploy/", "tests/"]
)
def test_the_build_never_sees(pattern: str) -> None:
    assert pattern in (PROJECT / ".dockerignore").read_text("utf-8").splitlines()
