"""The API as a console and a machine meet it: sign-in, roles, mutations, blind mode."""

from dataclasses import replace

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from creatorgraph.api.app import create_app
from creatorgraph.api.caller import COOKIE
from creatorgraph.api.rejection import MOST_FAILURES
from creatorgraph.domain.steward import Role
from creatorgraph.services.engines import Engines
from creatorgraph.services.steward.access import add_steward
from creatorgraph.store.database import Database
from creatorgraph.store.table import review_item
from tests.integration.steward.conftest import Ask, ask_with

CLAIM = """
mutation ($count: Int!, $blind: Boolean!) { claimNextReview(count: $count, blind: $blind) {
  id version state probability band priority claimExpiresAt claimedBy { name }
  left { links(first: 5) { edges { node { probability } } } }
  leftCreator { cohesion { weakestLink { probability } } links(first: 5) { edges { node { probability } } } }
  explanation { probability matchWeight linked summary status link { probability } evidence { signal matchWeight explanation } }
} }
"""
DECIDE = """
mutation ($id: ID!, $decision: Decision!, $version: Int!, $override: Boolean = false) {
  decide(itemId: $id, decision: $decision, expectedVersion: $version, override: $override) {
    __typename
    ... on DecisionMade {
      decision { id verdict actor undone blind shownProbability }
      item { state version probability decisions { verdict undone } }
      creators { displayName version }
      events { kind sequence }
    }
    ... on Problem { message mend }
    ... on StaleVersion { expected actual }
    ... on AlreadyDecided { decision { actor } }
    ... on NotAllowed { needs }
    ... on ContradictsDecision { standing { actor } waysOut { action text decisionIds } }
  }
}
"""


def test_signing_in_with_a_cookie_needs_our_own_header(engines: Engines, client: TestClient) -> None:
    token = add_steward(engines, "kim", Role.STEWARD)
    for body in ({}, {"token": ""}, {"token": 1}):
        assert client.post("/session", json=body).status_code == 400
    assert client.post("/session", content=b'{"token": "x"}', headers={"content-type": "text/plain"}).status_code == 400
    wrong = client.post("/session", json={"token": "nobody's"})
    assert wrong.status_code == 401
    assert wrong.json()["mend"]
    answer = client.post("/session", json={"token": token})
    assert answer.status_code == 204
    cookie = answer.headers["set-cookie"]
    assert all(part in cookie for part in (f"{COOKIE}=", "HttpOnly", "SameSite=strict", "Path=/"))
    assert "Secure" not in cookie
    query = {"query": "{ viewer { name role } }"}
    assert client.post("/graphql", json=query).status_code == 403
    own = client.post("/graphql", json=query, headers={"x-creatorgraph": "1"})
    assert own.json()["data"] == {"viewer": {"name": "kim", "role": "STEWARD"}}
    session = client.cookies[COOKIE]
    assert client.delete("/session").status_code == 204
    client.cookies.set(COOKIE, session)
    after = client.post("/graphql", json=query, headers={"x-creatorgraph": "1"})
    assert after.json()["data"] == {"viewer": None}


def test_a_cookie_over_https_is_secure(engines: Engines, client: TestClient) -> None:
    token = add_steward(engines, "kim", Role.STEWARD)
    client.base_url = "https://localhost"
    assert "Secure" in client.post("/session", json={"token": token}).headers["set-cookie"]


def test_attempts_are_limited(engines: Engines, client: TestClient) -> None:
    answers = [client.post("/session", json={"token": f"guess {n}"}).status_code for n in range(MOST_FAILURES + 2)]
    assert answers == [401] * MOST_FAILURES + [429] * 2
    headers = {"authorization": "Bearer guess"}
    assert client.post("/graphql", json={"query": "{ viewer { name } }"}, headers=headers).status_code == 429
    assert client.post("/graphql", json={"query": "{ viewer { name } }"}).status_code == 200
    # who has a good token is not kept out by whoever shares their address
    token = add_steward(engines, "kim", Role.STEWARD)
    headers = {"authorization": f"Bearer {token}"}
    assert client.post("/graphql", json={"query": "{ viewer { name } }"}, headers=headers).status_code == 200
    assert client.post("/session", json={"token": token}).status_code == 204


def test_without_postgresql_whoever_has_a_token_is_put_off(engines: Engines) -> None:
    away = replace(engines, database=Database("postgresql+psycopg://nobody@127.0.0.1:1/none"))
    key = f"cg_{'0' * 10}_{'x' * 43}"
    query = {"query": "{ viewer { name } }"}
    with TestClient(create_app(away), base_url="http://localhost") as client:
        cookie = {"cookie": f"{COOKIE}=anything", "x-creatorgraph": "1"}
        answers = [client.post("/session", json={"token": "anything"}), client.delete("/session", headers=cookie)]
        for headers in ({"authorization": "Bearer anything"}, {"authorization": f"Bearer {key}"}, cookie):
            answers.append(client.post("/graphql", json=query, headers=headers))
            # not by way of the kept answers
            answers.append(client.post("/graphql", content=b"[]", headers=headers))
            answers.append(client.get("/v1/creators/01910000-0000-7000-8000-000000000001", headers=headers))
            with (
                pytest.raises(WebSocketDisconnect) as refused,
                client.websocket_connect(
                    "ws://localhost/graphql", subprotocols=["graphql-transport-ws"], headers=headers
                ),
            ):
                pass
            assert refused.value.code == 1013
    for answer in answers:
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
        said = answer.json()
        assert "PostgreSQL" in (said.get("message") or said["detail"])
        assert said["mend"]
        assert (said["errors"][0]["extensions"]["code"] if "errors" in said else said["code"]) == "unavailable"


def test_roles(client: TestClient, cat: Ask, dan: Ask) -> None:
    nobody = ask_with(client, None)
    assert nobody("{ viewer { name } stats { creators } }")["data"]["viewer"] is None
    for query in ("{ queueSummary { open } }", "{ decisions(first: 1) { edges { node { id } } } }"):
        assert nobody(query)["errors"][0]["extensions"]["code"] == "not_allowed"
        assert "errors" not in dan(query)
    assert dan(CLAIM, count=1, blind=False)["errors"][0]["extensions"]["code"] == "not_allowed"
    [item] = cat(CLAIM, count=1, blind=False)["data"]["claimNextReview"]
    refused = dan(DECIDE, id=item["id"], decision="SAME", version=item["version"])["data"]["decide"]
    assert (refused["__typename"], refused["needs"]) == ("NotAllowed", "STEWARD")


def test_deciding_through_the_api(cat: Ask, dan: Ask) -> None:
    [item] = cat(CLAIM, count=1, blind=False)["data"]["claimNextReview"]
    assert (item["state"], item["claimedBy"]["name"]) == ("CLAIMED", "cat")
    assert item["probability"] is not None
    stale = cat(DECIDE, id=item["id"], decision="SAME", version=item["version"] + 1)["data"]["decide"]
    assert (stale["__typename"], stale["actual"]) == ("StaleVersion", item["version"])
    made = cat(DECIDE, id=item["id"], decision="DIFFERENT", version=item["version"])["data"]["decide"]
    assert made["__typename"] == "DecisionMade"
    assert made["item"]["state"] == "DECIDED"
    assert made["item"]["decisions"] == [{"verdict": "DIFFERENT", "undone": False}]
    again = cat(DECIDE, id=item["id"], decision="SAME", version=made["item"]["version"])["data"]["decide"]
    assert (again["__typename"], again["decision"]["actor"]) == ("AlreadyDecided", "cat")
    audit = dan("{ decisions(first: 5) { edges { node { id actor act left { username } } } } }")
    [entry] = audit["data"]["decisions"]["edges"]
    undone = cat(
        "mutation ($id: ID!) { undo(decisionId: $id) { __typename ... on DecisionMade { item { state } decision { undoes } } } }",
        id=entry["node"]["id"],
    )["data"]["undo"]
    assert undone["item"]["state"] == "OPEN"
    assert undone["decision"]["undoes"] == entry["node"]["id"]
    self_pair = cat(DECIDE, id="UmV2aWV3SXRlbTpbImEiLCJhIl0=", decision="SAME", version=1)["data"]["decide"]
    assert self_pair["__typename"] == "InvalidDecision"


def test_blind_mode_gives_nothing_away(cat: Ask) -> None:
    [item] = cat(CLAIM, count=1, blind=True)["data"]["claimNextReview"]
    assert (item["probability"], item["band"], item["priority"]) == (None, None, None)
    said = item["explanation"]
    assert {said[name] for name in ("probability", "matchWeight", "linked", "summary", "status", "link")} == {None}
    assert {each["matchWeight"] for each in said["evidence"]} <= {None}
    signals = [each["signal"] for each in said["evidence"]]
    assert signals == sorted(signals)
    assert item["left"]["links"]["edges"] == item["leftCreator"]["links"]["edges"] == []
    assert item["leftCreator"]["cohesion"]["weakestLink"] is None
    # the claim remembers: another way to the item shows no more
    shown = cat(
        "query ($id: ID!) { reviewItem(id: $id) { probability } node(id: $id) { ... on ReviewItem { band } } }",
        id=item["id"],
    )
    assert shown["data"] == {"reviewItem": {"probability": None}, "node": {"band": None}}
    # nor does giving it back, or holding on to it too long
    release = "mutation ($id: ID!) { releaseReview(itemId: $id) { state probability } }"
    assert cat(release, id=item["id"])["data"]["releaseReview"] == {"state": "OPEN", "probability": None}
    [item] = cat(CLAIM, count=1, blind=True)["data"]["claimNextReview"]
    skip = """mutation ($id: ID!, $version: Int!) { skipReview(itemId: $id, expectedVersion: $version, reason: "later") {
        ... on DecisionMade { decision { id } item { probability version } } } }"""
    skipped = cat(skip, id=item["id"], version=item["version"])["data"]["skipReview"]
    assert (skipped["decision"], skipped["item"]["probability"]) == (None, None)
    [item] = cat(CLAIM, count=1, blind=True)["data"]["claimNextReview"]
    made = cat(DECIDE, id=item["id"], decision="UNSURE", version=item["version"])["data"]["decide"]
    assert (made["decision"]["blind"], made["decision"]["shownProbability"]) == (True, None)
    assert made["item"]["probability"] is not None


def test_identity_acts_through_the_api(client: TestClient, cat: Ask, dan: Ask) -> None:
    found = dan("{ creators(first: 3) { edges { node { id version profiles(first: 5) { edges { node { id } } } } } } }")
    nodes = [edge["node"] for edge in found["data"]["creators"]["edges"]]
    ids, versions = [each["id"] for each in nodes], [each["version"] for each in nodes]
    preview = dan(
        "query ($ids: [ID!]!) { previewMerge(creatorIds: $ids) { retired warnings creators { keepsId profileIds } } }",
        ids=ids,
    )["data"]["previewMerge"]
    assert len(preview["retired"]) == 2
    merged = cat(
        """mutation ($ids: [ID!]!, $versions: [Int!]!) { mergeCreators(creatorIds: $ids, expectedVersions: $versions) {
        __typename ... on IdentityChanged { creators { id version } decisions { id act } events { kind } } } }""",
        ids=ids,
        versions=versions,
    )["data"]["mergeCreators"]
    assert merged["__typename"] == "IdentityChanged"
    [survivor] = merged["creators"]
    profile = nodes[0]["profiles"]["edges"][0]["node"]["id"]
    split = """mutation ($id: ID!, $groups: [[ID!]!]!, $version: Int!, $override: Boolean!) {
        splitCreator(creatorId: $id, groups: $groups, expectedVersion: $version, override: $override) { __typename
        ... on ContradictsDecision { waysOut { action decisionIds } standing { act } }
        ... on IdentityChanged { decisions { undoes verdict } } } }"""
    arguments = {"id": survivor["id"], "groups": [[profile]], "version": survivor["version"]}
    against = cat(split, **arguments, override=False)["data"]["splitCreator"]
    assert against["__typename"] == "ContradictsDecision"
    assert [each["action"] for each in against["waysOut"]] == ["OVERRIDE_STANDING", "KEEP_STANDING"]
    done = cat(split, **arguments, override=True)["data"]["splitCreator"]
    assert {each["undoes"] for each in done["decisions"] if each["undoes"]} == set(against["waysOut"][0]["decisionIds"])
    told = """query ($id: ID!) { creator(id: $id) { ... on Creator { history(first: 9) { edges { node {
        kind cause decision { id act actor undoes } } } } } } }"""
    seen, hidden = (
        [edge["node"] for edge in ask(told, id=survivor["id"])["data"]["creator"]["history"]["edges"]]
        for ask in (dan, ask_with(client, None))
    )
    # what happened is for everybody, who said it for those who are signed in
    assert [{**each, "decision": None} for each in seen] == hidden
    heads = {each["cause"].split()[0]: each["decision"] for each in seen}
    assert heads.pop("resolution") is None, "a run is nobody's act"
    assert {act: (head["actor"], head["undoes"]) for act, head in heads.items()} == {
        "split": ("cat", None),
        "merge": ("cat", None),
    }
    undone = cat("mutation ($id: ID!) { undo(decisionId: $id) { __typename } }", id=heads["split"]["id"])
    assert undone["data"]["undo"]["__typename"] == "DecisionMade"
    for refused, query in (
        ("NotFound", 'mutation { moveProfile(profileId: "no one", expectedVersion: 1) { __typename } }'),
        (
            "InvalidDecision",
            'mutation { mergeCreators(creatorIds: ["nonsense", "x"], expectedVersions: [1, 1]) { __typename } }',
        ),
    ):
        [answer] = cat(query)["data"].values()
        assert answer["__typename"] == refused


def test_bulk_through_the_api(cat: Ask, dan: Ask) -> None:
    query = "{ previewBulkAccept(filter: {reasons: [UNCERTAIN_LINK]}) { count token sample { id } } }"
    assert dan(query)["errors"][0]["extensions"]["code"] == "not_allowed"
    preview = cat(query)["data"]["previewBulkAccept"]
    accept = "mutation ($t: String!) { bulkAccept(token: $t) { __typename ... on BulkDone { decided } } }"
    assert cat(accept, t=preview["token"])["data"]["bulkAccept"] == {
        "__typename": "BulkDone",
        "decided": preview["count"],
    }
    assert cat(accept, t=preview["token"])["data"]["bulkAccept"]["__typename"] == "NotFound"


def test_the_queue_page_costs_the_same_however_long(engines: Engines, cat: Ask) -> None:
    query = """query ($first: Int!) { reviewQueue(first: $first, filter: {states: [OPEN, CLAIMED]}) { edges { node {
      reason left { username creator { displayName } } right { username } leftCreator { displayName } claimedBy { name }
      comments { text } decisions { actor left { username } } explanation { evidence { signal } } impact { followers }
    } } } queueSummary { open byReason { open } burnDown { open } } }"""
    with engines.database.transaction() as connection:
        # each profile beside the next one: more than this world has doubts about
        connection.execute(
            sa.text(
                "INSERT INTO review_item (left_id, right_id, reason, probability, priority) "
                "SELECT a, b, 'uncertain_link', 0.5, 1 FROM (SELECT profile_id a, lead(profile_id) OVER (ORDER BY profile_id) b "
                "FROM profile) p WHERE b IS NOT NULL LIMIT 40 ON CONFLICT DO NOTHING"
            )
        )
        items = connection.scalar(sa.select(sa.func.count()).select_from(review_item)) or 0
    assert items >= 40
    said: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        said.append(statement)

    cat(query, first=1)
    counts = []
    for first in (1, items):
        said.clear()
        sa.event.listen(sa.Engine, "before_cursor_execute", note)
        try:
            found = cat(query, first=first)
        finally:
            sa.event.remove(sa.Engine, "before_cursor_execute", note)
        assert len(found["data"]["reviewQueue"]["edges"]) == first
        counts.append(len(said))
    # an item within one creator asks for its members and links, twice more however many there are
    assert counts[0] <= counts[1] <= counts[0] + 2
