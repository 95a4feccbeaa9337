"""The running server as the tests ask it: what the API says of what was done in the browser, and what colleagues do by it."""

import base64
import json
from dataclasses import dataclass
from typing import Any

import httpx

CREATORS = """
    query ($after: String) { creators(first: 100, after: $after) { pageInfo { hasNextPage endCursor } edges { node {
    id profiles(first: 2) { edges { node { id platform username } } } } } } }
"""
MEMBERS = """
    query ($id: ID!) { creator(id: $id) { ... on Creator { version profiles(first: 50) { edges { node { id } } } } } }
"""
MERGE = """
    mutation ($ids: [ID!]!, $versions: [Int!]!) { mergeCreators(creatorIds: $ids, expectedVersions: $versions) {
    __typename ... on IdentityChanged { decisions { id } } ... on Problem { message } } }
"""
SPLIT = """
    mutation ($id: ID!, $groups: [[ID!]!]!, $version: Int!) {
    splitCreator(creatorId: $id, groups: $groups, expectedVersion: $version, override: true) {
    __typename ... on IdentityChanged { decisions { id } } ... on Problem { message } } }
"""
DECIDE = """
    mutation ($i: ID!, $d: Decision!, $v: Int!) { decide(itemId: $i, decision: $d, expectedVersion: $v) { __typename } }
"""
DECISIONS = """
    { decisions(first: 100) { edges { node { id act actor comment group verdict undone undoes blind } } } }
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A running `creatorgraph serve` and its people's tokens."""

    url: str
    tokens: dict[str, str]
    people: dict[str, str]
    """Who is behind each profile, by its raw id."""

    def one_person(self, item_id: str) -> bool:
        """What the labels say of a review item, whose global id names its two profiles."""
        left, right = json.loads(base64.b64decode(item_id).decode().partition(":")[2])
        return self.people[left] == self.people[right]

    def ask(self, query: str, *, who: str = "ann", **variables: object) -> Any:
        """What the API says to a machine with the token of `who`."""
        answer = httpx.post(
            f"{self.url}/graphql",
            json={"query": query, "variables": variables},
            headers={"authorization": f"Bearer {self.tokens[who]}"},
            timeout=240,
        ).json()
        assert "errors" not in answer, answer["errors"]
        return answer["data"]

    def creator_of(self, profile: str) -> str:
        """The global id of the creator that a profile belongs to now."""
        found = self.ask("query ($id: ID!) { node(id: $id) { ... on Profile { creator { id } } } }", id=profile)
        return str(found["node"]["creator"]["id"])

    def members(self, creator: str) -> set[str]:
        """The global ids of its profiles."""
        found = self.ask(MEMBERS, id=creator)["creator"]
        return {edge["node"]["id"] for edge in found["profiles"]["edges"]}

    def version(self, creator: str) -> int:
        return int(self.ask(MEMBERS, id=creator)["creator"]["version"])

    def alone(self) -> list[dict[str, Any]]:
        """Profiles that are creators by themselves: id, platform, username."""
        found: list[dict[str, Any]] = []
        after = None
        while True:
            page = self.ask(CREATORS, after=after)["creators"]
            for edge in page["edges"]:
                profiles = edge["node"]["profiles"]["edges"]
                found += [profiles[0]["node"]] if len(profiles) == 1 else []
            if not page["pageInfo"]["hasNextPage"]:
                return found
            after = page["pageInfo"]["endCursor"]

    def merge(self, profiles: list[str], *, who: str = "bo") -> str:
        """Makes one creator of those of the profiles; one of the act's decisions."""
        creators = [self.creator_of(each) for each in profiles]
        made = self.ask(MERGE, who=who, ids=creators, versions=[self.version(each) for each in creators])
        assert made["mergeCreators"]["__typename"] == "IdentityChanged", made
        return str(made["mergeCreators"]["decisions"][0]["id"])

    def split(self, profiles: list[str], *, who: str = "bo") -> str:
        """Parts the profiles from the rest of their creator, against what stands if need be; one of the act's decisions."""
        creator = self.creator_of(profiles[0])
        made = self.ask(SPLIT, who=who, id=creator, groups=[profiles], version=self.version(creator))
        assert made["splitCreator"]["__typename"] == "IdentityChanged", made
        return str(made["splitCreator"]["decisions"][0]["id"])

    def undo(self, decision: str, *, who: str = "bo") -> None:
        made = self.ask("mutation ($id: ID!) { undo(decisionId: $id) { __typename } }", who=who, id=decision)
        assert made["undo"]["__typename"] == "DecisionMade", made

    def decide(self, item: str, verdict: str, *, who: str = "bo") -> None:
        found = self.ask("query ($id: ID!) { reviewItem(id: $id) { version } }", who=who, id=item)["reviewItem"]
        made = self.ask(DECIDE, who=who, i=item, d=verdict, v=found["version"])["decide"]
        assert made["__typename"] == "DecisionMade", made

    def decisions(self, actor: str | None = None) -> list[dict[str, Any]]:
        """The last hundred entries of the audit, the newest first."""
        found = [edge["node"] for edge in self.ask(DECISIONS)["decisions"]["edges"]]
        return [each for each in found if actor in (None, each["actor"])]
