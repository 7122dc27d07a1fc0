"""The OpenAPI description: complete, without a warning, and honest about errors."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from guard.problems import MEDIA_TYPE
from guard.schema import PROBLEM
from guard.serializers import TEXT
from tests.test_closed_by_default import OWN

LOGIN = {"username", "password"}
HIDDEN = {"", "api/schema/", "api/docs/"}


@pytest.fixture(scope="module")
def schema(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The description as the command writes it; a warning is an error."""
    file: Path = tmp_path_factory.mktemp("schema") / "schema.json"
    options = ["--validate", "--fail-on-warn", "--format", "openapi-json", "--file", str(file)]
    call_command("spectacular", *options)
    read: dict[str, Any] = json.loads(file.read_text())
    return read


def operations(schema: dict[str, Any]) -> list[dict[str, Any]]:
    return [operation for path in schema["paths"].values() for operation in path.values()]


def test_every_route_is_described(schema: dict[str, Any]) -> None:
    assert len(schema["paths"]) == len(set(OWN) - HIDDEN)


def test_every_operation_may_answer_a_problem(schema: dict[str, Any]) -> None:
    assert schema["components"]["schemas"]["Problem"] == PROBLEM
    for operation in operations(schema):
        content = operation["responses"]["default"]["content"]
        assert content == {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}


def test_bodies_are_json_and_nothing_else(schema: dict[str, Any]) -> None:
    bodies = [
        operation["requestBody"] for operation in operations(schema) if "requestBody" in operation
    ]
    assert bodies
    assert all(set(body["content"]) == {"application/json"} for body in bodies)


def test_bodies_have_no_members_but_those_described(schema: dict[str, Any]) -> None:
    components = schema["components"]["schemas"]
    inputs = [components[name] for name in components if name.endswith("Request")]
    assert inputs
    assert all(component["additionalProperties"] is False for component in inputs)


def test_what_is_read_only_is_no_part_of_a_body(schema: dict[str, Any]) -> None:
    credentials = schema["components"]["schemas"]["CredentialsRequest"]
    assert set(credentials["properties"]) == set(credentials["required"]) == LOGIN
    for kind in credentials["properties"].values():
        assert (kind["minLength"], kind["pattern"]) == (1, TEXT)


def test_pages_are_numbered_from_one(schema: dict[str, Any]) -> None:
    parameters = schema["paths"]["/api/v1/auth/tokens/"]["get"]["parameters"]
    bounds = {parameter["name"]: parameter["schema"] for parameter in parameters}
    number = {"type": "integer", "minimum": 1}
    assert bounds == {"page": number, "page_size": number}


def test_an_account_without_an_email_address_is_described(schema: dict[str, Any]) -> None:
    email = schema["components"]["schemas"]["Me"]["properties"]["email"]
    assert {"type": "string", "maxLength": 0} in email["oneOf"]


def test_what_is_closed_says_which_credentials_open_it(schema: dict[str, Any]) -> None:
    me = schema["paths"]["/api/v1/me/"]["get"]["security"]
    assert {"apiToken": []} in me
    assert {} not in me


def test_no_secret_is_described_as_an_answer(schema: dict[str, Any]) -> None:
    for name, component in schema["components"]["schemas"].items():
        for field, kind in component.get("properties", {}).items():
            if "password" in field or field == "digest":
                assert kind["writeOnly"], name
