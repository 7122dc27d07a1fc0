"""The safe ways that docs/migrations.md names are found safe."""

import pytest
from django.db import migrations

from migration_lint import squawk
from tests.migration_lint.test_kinds import sql

RECIPES = {
    "a unique index": (False, "CREATE UNIQUE INDEX CONCURRENTLY u ON shop_item (count)"),
    "a unique column": (True, "ALTER TABLE shop_item ADD CONSTRAINT u UNIQUE USING INDEX u"),
    "a foreign key": (
        True,
        "ALTER TABLE shop_item ADD CONSTRAINT f FOREIGN KEY (kind_id) REFERENCES k (i) NOT VALID",
    ),
    "all rows have it": (False, "ALTER TABLE shop_item VALIDATE CONSTRAINT f"),
}


@pytest.mark.parametrize(("atomic", "statement"), RECIPES.values(), ids=RECIPES)
def test_a_recipe_is_safe(atomic: bool, statement: str) -> None:  # noqa: FBT001 - a parameter
    assert squawk.judge([sql(migrations.RunSQL(statement), atomic=atomic)]) == [[]]
