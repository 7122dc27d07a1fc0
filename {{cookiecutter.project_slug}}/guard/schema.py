"""OpenAPI that tells the truth about errors: every operation may answer a problem (RFC 9457)."""

from typing import Any

from guard.problems import MEDIA_TYPE

TEXT = {"type": "string"}
MEMBERS = {
    "type": TEXT,
    "title": TEXT,
    "status": {"type": "integer"},
    "code": TEXT,
    "detail": TEXT,
    "instance": TEXT,
    "request_id": TEXT,
}
PROBLEM: dict[str, Any] = {
    "type": "object",
    "properties": MEMBERS | {"errors": {"type": "object", "additionalProperties": {}}},
    "required": list(MEMBERS),
}
REFUSED = {
    "description": "The request was refused.",
    "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
}


def add_problem(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Give each operation the answer `default` (a hook of drf-spectacular)."""
    result["components"].setdefault("schemas", {})["Problem"] = PROBLEM
    for operations in result["paths"].values():
        for operation in operations.values():
            operation["responses"]["default"] = REFUSED
    return result
