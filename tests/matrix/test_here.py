"""The project tree is itself a working project, and working on it leaves nothing in it."""

from __future__ import annotations

import pytest

from tests.generation.answers import TREE
from tests.matrix import environments, here
from tests.matrix.environments import environment
from tests.matrix.projects import files

pytestmark = pytest.mark.matrix


def test_the_tree_lints_types_and_passes_its_tests_as_it_stands() -> None:
    before = files(TREE)
    installed = environment(environments.lines()[0])
    for command in here.commands([]):
        installed.run(TREE, *command, variables=here.SUBSTITUTED)
    assert files(TREE) == before
