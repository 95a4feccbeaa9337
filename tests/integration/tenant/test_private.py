"""A tenant's own records through the real API: kept, shown, listed, read in full with a row of the log, collected."""

import ast
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from creatorgraph.domain.collection import CollectionId
from creatorgraph.domain.role import Role
from creatorgraph.domain.tenant import Tenant
from creatorgraph.services.engines import Engines
from creatorgraph.services.private.collection import add_to_collection, make_collection
from creatorgraph.services.steward.access import add_steward
from creatorgraph.services.tenant.key import create_key
from creatorgraph.store.table import contact_read, creator
from tests.integration.conftest import GONE, OLDER, creator_id
from tests.integration.tenant.conftest import bearer

TOP = Path(__file__).parents[3]
PLACE = "/v1/private-profiles"
ANN = {"display_name": "Ann Maker", "emails": ["ann@mail.example"], "phones": ["+49 30 901820"], "consent": True}


def asked(client: TestClient, key: str, query: str, **variables: object) -> Any:
    answer = client.post("/graphql", json={"query": query, "variables": variables}, headers=bearer(key))
    assert "errors" not in answer.json(), answer.text
    return answer.json()["data"]


def entries(engines: Engines) -> int:
    with engines.database.for_operator() as connection:
        return int(connection.scalar(sa.select(sa.func.count()).select_from(contact_read)) or 0)


def test_a_record_is_kept_shown_replaced_and_forgotten(client: TestClient, acme_key: str, bolt_key: str) -> None:
    own = bearer(acme_key)
    made = client.put(f"{PLACE}/a-1", json=ANN, headers=own)
    assert made.status_code == 201, made.text
    # nothing was resolved by arrivals here, so there is nothing to match with
    assert (made.json()["ref"], made.json()["state"], made.json()["match"]) == ("a-1", "waiting", None)
    assert client.put(f"{PLACE}/a-1", json=ANN, headers=own).status_code == 200
    shown = client.get(f"{PLACE}/a-1", headers=own)
    assert "ann@mail.example" not in shown.text
    assert [each["shown"] for each in shown.json()["contacts"]] == ["a***@m***.example", "+49 *** **20"]
    assert client.get(f"{PLACE}/a-1", headers=bearer(bolt_key)).status_code == 404
    assert client.delete(f"{PLACE}/a-1", headers=bearer(bolt_key)).status_code == 204
    assert client.get(f"{PLACE}/a-1", headers=own).status_code == 200
    assert client.delete(f"{PLACE}/a-1", headers=own).status_code == 204
    assert client.get(f"{PLACE}/a-1", headers=own).status_code == 404


def test_of_a_batch_each_record_has_a_result_of_its_own(client: TestClient, acme_key: str) -> None:
    given = [{"ref": "b1", "display_name": "Bea"}, {"ref": "b2"}, {"ref": "b3", "age": 7}, {"display_name": "no ref"}]
    answer = client.post(f"{PLACE}:batchPut", json={"profiles": given}, headers=bearer(acme_key))
    assert answer.status_code == 200, answer.text
    assert [each["status"] for each in answer.json()["results"]] == [201, 400, 400, 400]
    pages, after = [], None
    while True:
        page = client.get(
            PLACE, params={"page_size": 1} | ({"after": after} if after else {}), headers=bearer(acme_key)
        )
        pages += [each["ref"] for each in page.json()["items"]]
        if (after := page.json()["next"]) is None:
            break
    assert pages == sorted(pages)
    assert "b1" in pages
    assert "b2" not in pages


@pytest.mark.parametrize("way", ["get", "list", "graphql"])
def test_no_plain_contact_leaves_without_a_row(
    engines: Engines, client: TestClient, acme_key: str, bolt_key: str, way: str
) -> None:
    client.put(f"{PLACE}/ann", json=ANN, headers=bearer(acme_key))
    before = entries(engines)
    masked = [client.get(f"{PLACE}/ann", headers=bearer(acme_key)), client.get(PLACE, headers=bearer(acme_key))]
    assert not any("ann@mail.example" in each.text for each in masked)
    assert entries(engines) == before
    query = "{ privateProfiles(first: 50) { edges { node { ref contactsInFull { kind value } } } } }"
    if way == "graphql":
        answer = client.post("/graphql", json={"query": query}, headers=bearer(acme_key))
    else:
        place = f"{PLACE}/ann" if way == "get" else PLACE
        answer = client.get(place, params={"contacts": "full"}, headers=bearer(acme_key))
    assert "ann@mail.example" in answer.text
    assert entries(engines) == before + 2
    said = client.get("/v1/contact-reads", headers=bearer(acme_key)).json()["items"][:2]
    assert {(each["ref"], each["kind"], each["subject"], each["means"]) for each in said} == {
        ("ann", kind, "acme's backend", "key") for kind in ("email", "phone")
    }
    assert len({each["request_id"] for each in said}) == 1
    assert client.get("/v1/contact-reads", headers=bearer(bolt_key)).json()["items"] == []
    admin = add_steward(engines, f"root of {way}", Role.ADMIN)
    listed = client.get("/v1/contact-reads", headers=bearer(admin)).json()["items"][:2]
    assert [(each["ref"], each["about"]) for each in listed] == [(None, each["about"]) for each in said]


def test_only_one_place_opens_contacts() -> None:
    """A test of the source: whatever decrypts a contact has written the log before."""
    found = {
        str(path.relative_to(TOP))
        for path in (TOP / "creatorgraph").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute) and node.attr == "decrypt"
    }
    # the sender of webhooks opens the secrets that it signs with
    found.discard("creatorgraph/services/webhook/sender.py")
    assert found == {"creatorgraph/store/cipher.py", "creatorgraph/services/private/contact.py"}
    [function] = [
        node
        for node in ast.walk(ast.parse((TOP / "creatorgraph/services/private/contact.py").read_text()))
        if isinstance(node, ast.FunctionDef) and node.name == "contacts_in_full"
    ]
    lines = {
        node.attr if isinstance(node, ast.Attribute) else node.id: node.lineno
        for node in ast.walk(function)
        if isinstance(node, ast.Attribute | ast.Name)
    }
    assert lines["add_reads"] < lines["decrypt"]


def test_who_lacks_the_scope_is_told_so(engines: Engines, client: TestClient, acme: Tenant) -> None:
    frontend = create_key(engines, acme.name, "site", role=Role.FRONTEND).secret
    assert client.get(PLACE, headers=bearer(frontend)).status_code == 403
    assert client.get(PLACE).status_code == 403
    query = 'mutation { forgetPrivateProfile(ref: "x") { __typename ... on ScopeMissing { scope } } }'
    assert asked(client, frontend, query)["forgetPrivateProfile"] == {
        "__typename": "ScopeMissing",
        "scope": "private:write",
    }
    of_creator = (
        f'{{ creator(id: "{creator_id(1)}") {{ ... on Creator {{ displayName privateProfiles {{ ref }} }} }} }}'
    )
    answer = client.post("/graphql", json={"query": of_creator}, headers=bearer(frontend)).json()
    assert answer["data"]["creator"] == {"displayName": "Maker 01", "privateProfiles": None}


def test_mutations_say_what_became_of_it(client: TestClient, acme_key: str) -> None:
    keep = """
        mutation ($profile: PrivateProfileInput!) {
          keepPrivateProfile(profile: $profile) {
            __typename
            ... on PrivateProfileKept { created changed profile { ref displayName state contacts { shown stored } } }
            ... on InvalidValue { where }
          }
        }
    """
    given = {"ref": "g1", "displayName": "Gil", "emails": ["gil@mail.example"]}
    first = asked(client, acme_key, keep, profile=given)["keepPrivateProfile"]
    assert (first["__typename"], first["created"], first["changed"]) == ("PrivateProfileKept", True, True)
    assert first["profile"]["contacts"] == [{"shown": "g***@m***.example", "stored": False}]
    assert asked(client, acme_key, keep, profile=given)["keepPrivateProfile"]["changed"] is False
    bad = asked(client, acme_key, keep, profile={"ref": "g2", "emails": ["nobody"]})["keepPrivateProfile"]
    assert bad == {"__typename": "InvalidValue", "where": "emails"}
    forget = 'mutation { forgetPrivateProfile(ref: "g1") { ... on PrivateProfileForgotten { existed } } }'
    assert [asked(client, acme_key, forget)["forgetPrivateProfile"]["existed"] for _ in range(2)] == [True, False]


def test_a_collection_follows_what_becomes_of_its_creators(
    engines: Engines, client: TestClient, acme: Tenant, acme_key: str
) -> None:
    own = bearer(acme_key)
    made = client.post("/v1/collections", json={"name": "Bakers"}, headers=own)
    assert made.status_code == 201, made.text
    place = made.headers["location"]
    assert client.post("/v1/collections", json={"name": "Bakers"}, headers=own).status_code == 400
    # an id that leads to creator 0 over two steps, creator 0 itself, one that leads nowhere
    ids = [OLDER, creator_id(0), creator_id(3), GONE]
    added = client.post(f"{place}/creators:add", json={"ids": ids}, headers=own).json()
    assert (added["changed"], added["unknown"], added["collection"]["size"]) == (2, [GONE], 2)
    assert client.get(f"{place}/creators", headers=own).json()["ids"] == [creator_id(0), creator_id(3)]
    assert client.patch(place, json={"name": "Cooks"}, headers=own).json()["name"] == "Cooks"
    removed = client.post(f"{place}/creators:remove", json={"ids": [OLDER]}, headers=own).json()
    assert (removed["changed"], removed["collection"]["size"]) == (1, 1)
    listed = asked(
        client,
        acme_key,
        "{ collections(first: 5) { edges { node { id name size creators(first: 5) { edges { node { displayName } } } } } } }",
    )["collections"]["edges"]
    [node] = [each["node"] for each in listed if each["node"]["name"] == "Cooks"]
    assert (node["size"], [each["node"]["displayName"] for each in node["creators"]["edges"]]) == (1, ["Maker 03"])
    change = """
        mutation ($id: ID!, $creators: [ID!]!) {
          addToCollection(id: $id, creators: $creators) { __typename ... on CollectionChanged { changed unknown } }
        }
    """
    more = asked(client, acme_key, change, id=node["id"], creators=[creator_id(5)])["addToCollection"]
    assert more == {"__typename": "CollectionChanged", "changed": 1, "unknown": []}
    assert client.delete(place, headers=own).status_code == 204
    assert client.get(place, headers=own).status_code == 404


def test_merged_creators_count_once(engines: Engines, bolt: Tenant) -> None:
    made = make_collection(engines, bolt.tenant_id, "merging")
    add = [creator_id(50), creator_id(51)]
    assert add_to_collection(engines, bolt.tenant_id, CollectionId(made.collection_id), add).collection.members == 2
    with engines.database.transaction() as connection:
        connection.execute(
            creator.update()
            .where(creator.c.creator_id == creator_id(51))
            .values(retired_at=sa.func.now(), successor_id=creator_id(50))
        )
    again = add_to_collection(engines, bolt.tenant_id, made.collection_id, [creator_id(51)])
    assert (again.changed, again.collection.members, again.unknown) == (0, 1, ())
