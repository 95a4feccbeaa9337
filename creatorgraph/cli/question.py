"""The questions that the demo asks its own API, in process."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from creatorgraph.domain.creator import CreatorId
from creatorgraph.graphql.context import Context
from creatorgraph.graphql.schema import build_schema
from creatorgraph.services.engines import Engines

HITS, LINKS, SIGNALS = 3, 3, 4

_SEARCH = """
query ($query: String!, $first: Int!) {
  search(query: $query, first: $first) {
    edges { node { score highlights creator { displayName platforms } } }
  }
}
"""
_CREATOR = """
query ($id: ID!, $links: Int!) {
  creator(id: $id) {
    ... on Creator {
      displayName
      profiles(first: 20) { edges { node { platform username url } } }
      links(first: $links) {
        edges {
          node {
            probability
            left { platform username }
            right { platform username }
            evidence { signal matchWeight explanation }
          }
        }
      }
    }
  }
}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class HitAnswer:
    score: float
    name: str
    platforms: str
    highlight: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchAnswer:
    query: str
    hits: tuple[HitAnswer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceAnswer:
    signal: str
    weight: float
    explanation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkAnswer:
    """`evidence` are the weightiest signals, for or against."""

    left: str
    right: str
    probability: float
    evidence: tuple[EvidenceAnswer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CreatorAnswer:
    name: str
    profiles: tuple[tuple[str, str], ...]
    links: tuple[LinkAnswer, ...]


def ask(engines: Engines, queries: Sequence[str], creator: CreatorId) -> tuple[tuple[SearchAnswer, ...], CreatorAnswer]:
    """Each search's best hits, and a creator with the evidence of some of its links."""
    return asyncio.run(_ask(engines, queries, creator))


async def _ask(
    engines: Engines, queries: Sequence[str], creator: CreatorId
) -> tuple[tuple[SearchAnswer, ...], CreatorAnswer]:
    try:
        searches = [await _search(engines, query) for query in queries]
        return tuple(searches), await _creator(engines, creator)
    finally:
        # its connections belong to this event loop; the server has another
        await engines.database.aclose()


async def _search(engines: Engines, query: str) -> SearchAnswer:
    data = await _run(engines, _SEARCH, {"query": query, "first": HITS})
    hits = [edge["node"] for edge in data["search"]["edges"]]
    return SearchAnswer(
        query=query,
        hits=tuple(
            HitAnswer(
                score=hit["score"],
                name=hit["creator"]["displayName"],
                platforms=", ".join(each.lower() for each in hit["creator"]["platforms"]),
                highlight=" ".join(hit["highlights"][:1]),
            )
            for hit in hits
        ),
    )


async def _creator(engines: Engines, creator: CreatorId) -> CreatorAnswer:
    data = (await _run(engines, _CREATOR, {"id": creator, "links": LINKS}))["creator"]
    profiles = [edge["node"] for edge in data["profiles"]["edges"]]
    return CreatorAnswer(
        name=data["displayName"],
        profiles=tuple((_account(each), each["url"] or "") for each in profiles),
        links=tuple(_link(edge["node"]) for edge in data["links"]["edges"]),
    )


def _link(link: dict[str, Any]) -> LinkAnswer:
    weightiest = sorted(link["evidence"], key=lambda each: -abs(each["matchWeight"]))[:SIGNALS]
    return LinkAnswer(
        left=_account(link["left"]),
        right=_account(link["right"]),
        probability=link["probability"],
        evidence=tuple(
            EvidenceAnswer(signal=e["signal"], weight=e["matchWeight"], explanation=e["explanation"])
            for e in weightiest
        ),
    )


def _account(profile: dict[str, Any]) -> str:
    return " ".join(part for part in (profile["platform"].lower(), profile["username"]) if part)


async def _run(engines: Engines, query: str, variables: dict[str, Any]) -> dict[str, Any]:
    result = await build_schema().execute(query, variable_values=variables, context_value=Context(engines))
    if result.errors:
        raise result.errors[0].original_error or result.errors[0]
    if result.data is None:
        raise RuntimeError("a query without errors has no data")
    return result.data
