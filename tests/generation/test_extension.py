"""The extension keeps answers plain text and offers a slug that is always right."""

import pytest
from cookiecutter.utils import create_env_with_context
from hypothesis import given
from hypothesis import strategies as st

from hooks.pre_gen_project import slug_faults
from local_extensions import own_sources, project_slug
from tests.generation.answers import TREE, raw_context


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("My Service", "my-service"),
        ("O'Reilly's  API", "oreillys-api"),
        ("O\u2019Reilly", "oreilly"),
        ("Über Größe", "uber-grosse"),
        ("Zoë", "zoe"),
        ("你好", "ni-hao"),
        ("a_b / c", "a-b-c"),
        ("🚀 Rocket 🚀", "rocket"),
        ("🚀", "service"),
        ("---", "service"),
        ("", "service"),
        ("3D Print", "service-3d-print"),
        ("Test", "test-service"),
        ("Django", "django-service"),
        ("COM1", "com1-service"),
        ("../../etc", "etc"),
        ("a" * 60, "a" * 40),
    ],
)
def test_a_name_gives_this_slug(name: str, slug: str) -> None:
    assert project_slug(name) == slug


@given(st.text())
def test_every_name_gives_a_valid_slug(name: str) -> None:
    assert list(slug_faults(project_slug(name))) == []


@given(st.text() | st.text(alphabet="{}%#'\" a\\-\r\n"))
def test_an_answer_is_never_run_as_jinja(answer: str) -> None:
    environment = create_env_with_context({"cookiecutter": raw_context()})
    if answer not in own_sources():
        assert environment.from_string(answer).render() == answer


def test_the_sources_of_the_template_itself_are_run() -> None:
    context = {"cookiecutter": {"project_name": "A b", "project_slug": "a-b"}}
    environment = create_env_with_context({"cookiecutter": raw_context()})
    default = raw_context()["project_slug"]
    assert environment.from_string(default).render(context) == "a-b"
    assert environment.from_string(TREE.name).render(context) == "a-b"
