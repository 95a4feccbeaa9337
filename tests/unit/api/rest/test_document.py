"""The OpenAPI document: current, and telling everything about every operation."""

import re
from pathlib import Path
from typing import Any

import orjson

from creatorgraph.api.rest.document import document_text

COMMITTED = Path(__file__).parents[4] / "openapi.json"
DOCUMENT: dict[str, Any] = orjson.loads(document_text())


def operations() -> list[tuple[str, dict[str, Any]]]:
    return [
        (f"{method} {place}", operation)
        for place, found in DOCUMENT["paths"].items()
        for method, operation in found.items()
    ]


def test_the_committed_document_is_current() -> None:
    assert COMMITTED.read_bytes() == document_text(), "run `creatorgraph openapi --out openapi.json`"


def test_every_operation_says_what_it_does_and_how_it_fails() -> None:
    for name, operation in operations():
        assert operation["description"], name
        assert operation["operationId"], name
        for status, answer in operation["responses"].items():
            assert answer["description"], (name, status)
            if status >= "400":
                problem = answer["content"]["application/problem+json"]["schema"]
                assert problem == {"$ref": "#/components/schemas/Problem"}, (name, status)
                assert list(answer["content"]) == ["application/problem+json"], (name, status)


def test_every_parameter_and_field_is_described() -> None:
    bare = [
        f"{name}: {each['name']}"
        for name, operation in operations()
        for each in operation.get("parameters", [])
        if not each.get("description")
    ]
    for name, schema in DOCUMENT["components"]["schemas"].items():
        assert schema.get("description") or schema.get("enum") or "properties" in schema, name
        bare += [f"{name}.{field}" for field, each in schema.get("properties", {}).items() if _bare(each)]
    assert [
        each for each in bare if not each.startswith(("FactsModel.", "HTTPValidationError", "ValidationError"))
    ] == []


def _bare(field: dict[str, Any]) -> bool:
    return not field.get("description") and "$ref" not in field


def test_what_webhooks_receive_is_described() -> None:
    [event] = [each["post"] for each in DOCUMENT["webhooks"].values()]
    assert {each["name"] for each in event["parameters"]} == {"webhook-id", "webhook-timestamp", "webhook-signature"}
    assert list(event["responses"]) == ["204"]
    kinds = DOCUMENT["components"]["schemas"]["EventMessage"]["properties"]["type"]["anyOf"]
    assert {"$ref": "#/components/schemas/WebhookEvent"} in kinds
    assert "creator.erased" in DOCUMENT["components"]["schemas"]["WebhookEvent"]["enum"]
    text = document_text().decode()
    named = set(re.findall(r"#/components/schemas/(\w+)", text))
    assert named <= DOCUMENT["components"]["schemas"].keys()


def test_errors_of_the_framework_are_not_promised() -> None:
    assert "HTTPValidationError" not in DOCUMENT["components"]["schemas"]
