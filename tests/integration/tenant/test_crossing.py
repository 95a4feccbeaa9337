"""One tenant tries to reach another's through everything that there is, listed by the schema and the routes themselves.

A field, an argument or a route that is new is tried too; where the suite does not know what to pass, it fails until it is told.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLUnionType,
    get_named_type,
    is_leaf_type,
    is_required_argument,
)
from starlette.routing import BaseRoute
from starlette.testclient import TestClient

from creatorgraph.api.app import create_app
from creatorgraph.domain.caller import Caller
from creatorgraph.domain.export import ExportFormat
from creatorgraph.domain.role import TENANTS, Role
from creatorgraph.domain.tenant import Tenant
from creatorgraph.domain.usage import Use
from creatorgraph.embeddings.encoder import Encoder
from creatorgraph.graphql.node import API_KEY, EXPORT, TENANT, WEBHOOK, WEBHOOK_MESSAGE, global_id
from creatorgraph.graphql.schema import build_schema
from creatorgraph.services.arrival.match import Matching
from creatorgraph.services.engines import Engines
from creatorgraph.services.export_job.order import order_export
from creatorgraph.services.export_job.work import work_on_exports
from creatorgraph.services.index import sync_indexes
from creatorgraph.services.private.collection import add_to_collection, make_collection
from creatorgraph.services.private.contact import contacts_in_full
from creatorgraph.services.private.profile import Kept, keep_private
from creatorgraph.services.private.record import PrivateRecord
from creatorgraph.services.relay import rebuild_graph
from creatorgraph.services.tenant.account import create_tenant
from creatorgraph.services.tenant.key import create_key, list_keys
from creatorgraph.services.tenant.meter import Meter
from tests.conftest import fresh_database
from tests.integration.conftest import creator_id, embedded_engines, profile_id, write_world
from tests.integration.tenant.conftest import bearer, subscribed
from tests.service_shape import SERVICES, SHAPES

SCHEMA = build_schema()._schema
MARK = "zanzibar"
"""In the name of whatever the other tenant owns; the attacker must never read it."""
REF = "crm-4711"
"""What both tenants call a record of theirs."""
SHARED = {"searchHits"}
"""Subscriptions to what is shared; all others are the operator's."""
EXPORTS = ("export", "open export")
DEPTH = 4
"""How deep the selections go: further than any edge from what is shared to what a tenant owns."""


@pytest.fixture(scope="module", params=SHAPES)
def engines(
    request: pytest.FixtureRequest,
    postgres_url: str,
    template_database: str,
    encoder: Encoder,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Engines]:
    """A world that this module may write tenants into, in both shapes one after the other."""
    made = fresh_database(postgres_url, template_database)
    database = next(made)
    write_world(database)
    opened = embedded_engines(database, encoder, tmp_path_factory.mktemp("crossing"))
    sync_indexes(opened)
    if request.param == SERVICES:
        opened = request.getfixturevalue("services").under(opened)
        rebuild_graph(opened)
    yield opened
    opened.graph.close()
    next(made, None)


@pytest.fixture(scope="module")
def secrets(engines: Engines) -> dict[str, str]:
    """What the other tenant owns, a row in every table; by what an attacker may have heard of it."""
    owner = create_tenant(engines, f"{MARK} ltd")
    key = create_key(engines, owner.name, f"{MARK} backend")
    meter = Meter(engines.database)
    meter.note(Caller.of_key(key.key, owner), Use(requests=4_242_424, cost=4_242_424, rows=4_242_424))
    meter.flush()
    record = PrivateRecord(
        ref=REF, display_name=f"{MARK} person", note=MARK, emails=(f"{MARK}@mail.example",), consent=True
    )
    [kept] = keep_private(engines, owner.tenant_id, [record], Matching(engines))
    assert isinstance(kept, Kept)
    listed = make_collection(engines, owner.tenant_id, f"{MARK} favourites")
    add_to_collection(engines, owner.tenant_id, listed.collection_id, [creator_id(1)])
    caller = Caller.of_key(key.key, owner)
    contacts_in_full(engines, caller, [kept.profile.private_id], place=MARK, request_id=MARK)
    written = order_export(engines, owner.tenant_id, ExportFormat.CSV, asked_by=f"{MARK} backend")
    work_on_exports(engines)
    waiting = order_export(engines, owner.tenant_id, ExportFormat.CSV, asked_by=f"{MARK} backend")
    return {
        "tenant": owner.tenant_id,
        "key": key.key.key_id,
        "prefix": key.key.prefix,
        "secret": key.secret,
        "collection": listed.collection_id,
        "private": kept.profile.private_id,
        "export": written.export_id,
        "open export": waiting.export_id,
    } | subscribed(engines, owner, MARK)


@pytest.fixture(scope="module")
def client(engines: Engines, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    console = tmp_path_factory.mktemp("console")
    (console / "index.html").write_text("<!doctype html><title>console</title>")
    app = create_app(engines, console=console)
    with TestClient(app, base_url="http://localhost") as opened:
        yield opened


@pytest.fixture(scope="module")
def attackers(engines: Engines, acme: Tenant) -> dict[str, dict[str, str]]:
    """The headers of callers who are not of the other tenant."""
    made = {role.value: create_key(engines, acme.name, "attacker", role=role) for role in TENANTS}
    return {"nobody": {}} | {name: bearer(each.secret) for name, each in made.items()}


def leaks(text: str, secrets: dict[str, str], *, sent: str = "") -> list[str]:
    """Which of the other tenant's an answer shows; what the attacker has sent may come back in an error."""
    named = {API_KEY: "key", TENANT: "tenant", WEBHOOK: "webhook", WEBHOOK_MESSAGE: "message"}
    ids = [global_id(kind, secrets[name]) for kind, name in named.items()]
    ids += [global_id(EXPORT, secrets[name]) for name in EXPORTS]
    hidden = [MARK, "4242424", *secrets.values(), *ids]
    return [each for each in hidden if each in text.replace(sent, "")]


FIELDS = [
    (root.name, name)
    for root in (SCHEMA.query_type, SCHEMA.mutation_type, SCHEMA.subscription_type)
    if root is not None
    for name in root.fields
]


@pytest.mark.parametrize(("root", "name"), [each for each in FIELDS if each[0] != "Subscription"])
def test_no_field_shows_what_another_tenant_owns(
    client: TestClient, attackers: dict[str, dict[str, str]], secrets: dict[str, str], root: str, name: str
) -> None:
    for foreign in ("tenant", "key", "collection", "private", "webhook", *EXPORTS, "shared"):
        query, sent = document(root, name, foreign, secrets)
        for who, headers in attackers.items():
            answer = client.post("/graphql", json={"query": query}, headers=headers)
            assert answer.status_code == 200, answer.text
            codes = [each["extensions"]["code"] for each in answer.json().get("errors", ())]
            assert not {"bad_request", "internal"} & set(codes), answer.text
            assert leaks(answer.text, secrets, sent=sent) == [], f"{who} passes the id of a {foreign}"


@pytest.mark.parametrize("name", [name for root, name in FIELDS if root == "Subscription"])
def test_no_subscription_shows_what_another_tenant_owns(
    client: TestClient, attackers: dict[str, dict[str, str]], secrets: dict[str, str], name: str
) -> None:
    query, _ = document("Subscription", name, "shared", secrets)
    for headers in attackers.values():
        with client.websocket_connect(
            "ws://localhost/graphql", subprotocols=["graphql-transport-ws"], headers=headers
        ) as opened:
            opened.send_json({"type": "connection_init"})
            assert opened.receive_json()["type"] == "connection_ack"
            opened.send_json({"type": "subscribe", "id": "1", "payload": {"query": query}})
            answer = opened.receive_json()
        if name in SHARED:
            assert answer["type"] == "next"
            assert leaks(str(answer), secrets) == []
            continue
        errors = answer["payload"] if answer["type"] == "error" else answer["payload"]["errors"]
        assert [each["extensions"]["code"] for each in errors] == ["not_allowed"]


def routes(app: FastAPI) -> Iterator[tuple[str, str]]:
    """Method and path of every route of the application, those of the routers that it includes too."""

    def walk(listed: list[BaseRoute], before: str = "") -> Iterator[tuple[str, str]]:
        for each in listed:
            inner = getattr(each, "routes", None)
            original = getattr(each, "original_router", None)
            if isinstance(each, APIRoute):
                yield from ((method, before + each.path) for method in each.methods or ())
            elif original is not None:
                yield from walk(original.routes, before)
            elif inner:
                yield from walk(list(inner), before + getattr(each, "path", ""))

    yield from walk(app.routes)


PLACES = {"path": "index.html", "number": "1"}
"""What to pass for a part of a path that names nothing of a tenant's."""
KNOWN = (
    "id",
    "creator_id",
    "collection_id",
    "ref",
    "profile_id",
    "platform",
    "username",
    "export_id",
    "webhook_id",
    "job_id",
    "erasure_id",
    "name",
)
"""Parts of a path that name something: the other tenant's ids are passed for them."""


def test_no_route_shows_what_another_tenant_owns(
    client: TestClient, attackers: dict[str, dict[str, str]], secrets: dict[str, str]
) -> None:
    app = client.app
    assert isinstance(app, FastAPI)
    tried = sorted(set(routes(app)))
    assert ("POST", "/session") in tried
    assert ("GET", "/health/ready") in tried
    for method, path in tried:
        for key in ("tenant", "key", "prefix", "collection", "private", "ref", "webhook", *EXPORTS):
            place, named = path, REF if key == "ref" else secrets[key]
            for part, value in (dict.fromkeys(KNOWN, named) | PLACES).items():
                place = place.replace(f"{{{part}}}", value).replace(f"{{{part}:path}}", value)
            assert "{" not in place, f"what does {path} take? Tell KNOWN or PLACES"
            for who, headers in attackers.items():
                answer = client.request(method, place, headers=headers, params={"tenant": secrets["tenant"]})
                assert answer.status_code < 500, f"{method} {path}: {answer.status_code}"
                assert leaks(answer.text, secrets, sent=named) == [], f"{who}: {method} {path}"


def test_the_owner_sees_it_so_that_the_suite_could_fail(client: TestClient, secrets: dict[str, str]) -> None:
    query, _ = document("Query", "tenant", "shared", secrets)
    answer = client.post("/graphql", json={"query": query}, headers=bearer(secrets["secret"]))
    assert set(leaks(answer.text, secrets)) >= {MARK, "4242424", secrets["prefix"]}


def test_the_owner_fetches_the_export_that_the_attacker_does_not_find(
    client: TestClient, attackers: dict[str, dict[str, str]], secrets: dict[str, str]
) -> None:
    for place in ("", "/manifest", "/parts/1"):
        found = client.get(f"/v1/exports/{secrets['export']}{place}", headers=bearer(secrets["secret"]))
        assert found.status_code == 200
        for who, headers in attackers.items():
            missed = client.get(f"/v1/exports/{secrets['export']}{place}", headers=headers)
            assert missed.status_code == (404 if who == Role.PARTNER.value else 403)


@pytest.mark.parametrize("name", ["privateProfiles", "privateProfile", "collections", "contactReads"])
def test_the_owner_sees_each_kind_of_it(client: TestClient, secrets: dict[str, str], name: str) -> None:
    query, _ = document("Query", name, "shared", secrets)
    answer = client.post("/graphql", json={"query": query}, headers=bearer(secrets["secret"]))
    assert MARK in leaks(answer.text, secrets), answer.text


def test_nothing_is_changed_for_the_owner(client: TestClient, secrets: dict[str, str], engines: Engines) -> None:
    """After all that was tried above, and what takes a body besides."""
    stranger = bearer(create_key(engines, create_tenant(engines, "yet another").name, "backend").secret)
    place = f"/v1/collections/{secrets['collection']}"
    for part in ("add", "remove"):
        answer = client.post(f"{place}/creators:{part}", json={"ids": [creator_id(1)]}, headers=stranger)
        assert answer.status_code == 404
    assert client.patch(place, json={"name": "mine now"}, headers=stranger).status_code == 404
    assert client.put(f"/v1/private-profiles/{REF}", json={"display_name": "X Y"}, headers=stranger).status_code == 201
    assert client.delete(place, headers=stranger).status_code == 204
    assert client.delete(f"/v1/private-profiles/{REF}", headers=stranger).status_code == 204
    own = bearer(secrets["secret"])
    assert client.get(place, headers=own).json()["size"] == 1
    found = client.get(f"/v1/private-profiles/{REF}", params={"contacts": "full"}, headers=own).json()
    assert [each["value"] for each in found["contacts_in_full"]] == [f"{MARK}@mail.example"]


def test_the_owner_sees_the_webhook_by_every_way(client: TestClient, secrets: dict[str, str]) -> None:
    for name, more in (("webhooks", set()), ("webhook", {"4242424", secrets["message"]})):
        query, _ = document("Query", name, "webhook", secrets)
        answer = client.post("/graphql", json={"query": query}, headers=bearer(secrets["secret"]))
        found = set(leaks(answer.text, secrets))
        assert {MARK, global_id(WEBHOOK, secrets["webhook"])} | more <= found
        assert secrets["webhook_secret"] not in found
    place = f"/v1/webhooks/{secrets['webhook']}"
    for part in ("", "/deliveries"):
        answer = client.get(place + part, headers=bearer(secrets["secret"]))
        assert MARK in leaks(answer.text, secrets)
    assert client.get(place, headers=bearer(secrets["secret"])).json()["disabled_at"] is None


def test_the_operator_finds_the_key_that_the_attacker_does_not(engines: Engines, secrets: dict[str, str]) -> None:
    assert secrets["prefix"] in {key.prefix for _, key in list_keys(engines)}


def document(root: str, name: str, foreign: str, secrets: dict[str, str]) -> tuple[str, str]:
    """A document that asks one field for all that hangs on it, and the id that it passes wherever one is taken."""
    kind = SCHEMA.type_map[root]
    assert isinstance(kind, GraphQLObjectType)
    field = kind.fields[name]
    id_ = id_for(foreign, secrets, name)
    selection = f"{name}{arguments(field, id_)}{selected(field, DEPTH)}"
    operation = {"Query": "query", "Mutation": "mutation", "Subscription": "subscription"}[root]
    return f"{operation} {{ {selection} }}", id_


def id_for(foreign: str, secrets: dict[str, str], name: str) -> str:
    if foreign == "shared":
        return str(profile_id(1, "i") if "rofile" in name or name in ("explain", "path") else creator_id(1))
    if foreign in EXPORTS:
        return str(global_id(EXPORT, secrets[foreign]))
    kinds = {"key": API_KEY, "webhook": WEBHOOK}
    return str(global_id(kinds[foreign], secrets[foreign])) if foreign in kinds else secrets[foreign]


NOW = datetime.now(UTC)
VALUES: dict[str, str] = {
    "Int": "1", "Float": "0.5", "Boolean": "false", "String": f'"{REF}"',
    "DateTime": f'"{(NOW + timedelta(hours=1)).isoformat()}"',
}  # fmt: skip
SPANS = {"since": f'"{(NOW - timedelta(days=20)).isoformat()}"', "until": f'"{(NOW + timedelta(hours=2)).isoformat()}"'}


def arguments(field: GraphQLField, id_: str) -> str:
    """Those that must be passed, and every id that may be."""
    passed = {
        name: SPANS.get(name) or value(each.type, id_)
        for name, each in field.args.items()
        if is_required_argument(each) or get_named_type(each.type).name == "ID"
    }
    return f"({', '.join(f'{name}: {said}' for name, said in passed.items())})" if passed else ""


def value(kind: Any, id_: str) -> str:
    if isinstance(kind, GraphQLNonNull):
        return value(kind.of_type, id_)
    if isinstance(kind, GraphQLList):
        return f"[{value(kind.of_type, id_)}]"
    if isinstance(kind, GraphQLEnumType):
        return str(next(iter(kind.values)))
    if isinstance(kind, GraphQLInputObjectType):
        needed = {name: each for name, each in kind.fields.items() if isinstance(each.type, GraphQLNonNull)}
        return "{" + ", ".join(f"{name}: {value(each.type, id_)}" for name, each in needed.items()) + "}"
    if kind.name == "ID":
        return f'"{id_}"'
    assert kind.name in VALUES, f"what is a {kind.name}? Tell VALUES"
    return VALUES[kind.name]


def selected(field: GraphQLField, depth: int) -> str:
    """All leaves of what the field gives, and of what hangs on it, as deep as the limits of fields and aliases let it."""
    kind: GraphQLNamedType = get_named_type(field.type)
    if is_leaf_type(kind):
        return ""
    return f" {{ __typename {' '.join(within(kind, depth))} }}"


def within(kind: GraphQLNamedType, depth: int) -> Iterator[str]:
    if isinstance(kind, GraphQLUnionType | GraphQLInterfaceType):
        members = SCHEMA.get_possible_types(kind)
        for each in members:
            yield f"... on {each.name} {{ __typename {' '.join(plain(each, members))} }}"
        return
    assert isinstance(kind, GraphQLObjectType)
    for name, field in kind.fields.items():
        inner = get_named_type(field.type)
        if is_leaf_type(inner):
            yield f"{name}{arguments(field, '')}"
        elif depth > 1 and (depth == DEPTH or inner.name.endswith(("Connection", "Edge")) or name == "node"):
            yield f"{name}{arguments(field, '')}{selected(field, depth - 1)}"


def plain(kind: GraphQLObjectType, members: Sequence[GraphQLObjectType]) -> Iterator[str]:
    """The leaves that take no argument; where `members` do not agree on a leaf's type, it has an alias for each."""
    for name, field in kind.fields.items():
        if is_leaf_type(get_named_type(field.type)) and not field.args:
            types = {str(each.fields[name].type) for each in members if name in each.fields}
            yield name if len(types) == 1 else f"{name}Of{kind.name}: {name}"
