"""Values are rendered as DRF renders them."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.utils.translation import gettext_lazy
from rest_framework.renderers import JSONRenderer

from guard.renderers import QuickJSONRenderer

DATA: dict[str, Any] = {
    "texts": ["a", "", "\u00e9\u4e2d\U0001f600", '\x00\x1f"\\</script>'],
    "numbers": [0, -1, 2**63, 2**64, 10**40, 1.5, True, None],
    "others": [uuid4(), Decimal("1.10"), gettext_lazy("Yes"), b"x"],
    "times": [
        datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
        datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=UTC),
        datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC).date(),
    ],
    "nested": {"a": [{"b": {}}], 1: ()},
}


@pytest.mark.parametrize("data", DATA.values(), ids=DATA)
def test_the_renderer_says_what_drfs_says(data: Any) -> None:
    rendered = QuickJSONRenderer().render(data, "application/json", {})
    assert json.loads(rendered) == json.loads(JSONRenderer().render(data, "application/json", {}))


def test_nothing_is_rendered_as_nothing() -> None:
    assert QuickJSONRenderer().render(None) == b""


def test_who_asks_for_indented_text_gets_it() -> None:
    rendered = QuickJSONRenderer().render({"a": 1}, "application/json; indent=4", {})
    assert rendered == b'{\n    "a": 1\n}'


def test_what_no_renderer_knows_is_a_fault_of_ours() -> None:
    with pytest.raises(TypeError):
        QuickJSONRenderer().render({"a": object()})
