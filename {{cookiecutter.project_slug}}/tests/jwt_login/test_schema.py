# option: jwt
"""OpenAPI describes the routes and the credential as they are."""

from typing import Any

import pytest
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema

from tests.jwt_login import calls


@pytest.fixture(scope="module")
def schema() -> Any:
    described = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    validate_schema(described)  # type: ignore[no-untyped-call]
    return described


def test_the_credential_is_a_bearer_token(schema: Any) -> None:
    schemes = schema["components"]["securitySchemes"]
    assert schemes["jwt"] == {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}
    assert {"jwt": []} in schema["paths"][calls.ME]["get"]["security"]


@pytest.mark.parametrize("path", [calls.LOGIN, calls.REFRESH, calls.REVOKE])
def test_the_routes_take_their_credential_from_the_body_alone(path: str, schema: Any) -> None:
    operation = schema["paths"][path]["post"]
    assert operation.get("security", [{}]) == [{}]
    assert operation["requestBody"]["required"] is True


def test_login_and_refresh_answer_a_pair_and_revoke_nothing(schema: Any) -> None:
    for path in (calls.LOGIN, calls.REFRESH):
        answer = schema["paths"][path]["post"]["responses"]["200"]["content"]["application/json"]
        assert answer["schema"] == {"$ref": "#/components/schemas/TokenPair"}
    assert set(schema["components"]["schemas"]["TokenPair"]["properties"]) == {"access", "refresh"}
    assert "content" not in schema["paths"][calls.REVOKE]["post"]["responses"]["204"]


def test_the_key_set_is_described(schema: Any) -> None:
    answer = schema["paths"][calls.JWKS]["get"]["responses"]["200"]["content"]["application/json"]
    assert answer["schema"] == {"$ref": "#/components/schemas/Jwks"}
