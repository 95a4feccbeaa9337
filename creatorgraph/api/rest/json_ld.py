"""A creator in JSON-LD: a `ProfilePage` about a `Person` (or `Organization`) of schema.org, with every account as `sameAs`.

What schema.org has no word for, the links with their probabilities, stands under terms of our own, which the context names.
"""

from typing import Any

import orjson

from creatorgraph.api.rest.model import CreatorModel, FactModel, LinkModel, ProfileModel
from creatorgraph.domain.creator import CreatorKind

OWN = "urn:creatorgraph:term:"
_TERMS = ("link", "left", "right", "probability", "decidedBy", "modelVersion", "accepted", "confidence", "evidence",
          "signal", "matchWeight", "firstSeen", "lastSeen")  # fmt: skip
CONTEXT: list[Any] = ["https://schema.org", {term: f"{OWN}{term}" for term in _TERMS}]
_ORGANISATIONS = frozenset({CreatorKind.BRAND, CreatorKind.AGENCY})


def json_ld(creator: CreatorModel, *, address: str) -> bytes:
    """`address` is the creator's own, which stands for its `@id`."""
    about = {
        "@type": "Organization" if creator.kind in _ORGANISATIONS else "Person",
        "@id": f"urn:uuid:{creator.id}",
        "identifier": creator.id,
        "name": creator.facts.name.value,
        "alternateName": creator.facts.name.alternatives,
        "description": _value(creator.facts.bio),
        "address": _value(creator.facts.location),
        "knowsLanguage": _value(creator.facts.language),
        "url": _value(creator.facts.website),
        "sameAs": [each.url for each in creator.profiles.items if each.url],
        "interactionStatistic": _followed(creator.total_followers),
        "subjectOf": [_page(each) for each in creator.profiles.items],
        "link": [_link(each) for each in creator.links.items],
    }
    page = {
        "@context": CONTEXT,
        "@type": "ProfilePage",
        "@id": address,
        "dateCreated": creator.created_at,
        "dateModified": creator.updated_at,
        "version": creator.version,
        "mainEntity": _told(about),
    }
    return orjson.dumps(page)


def _page(profile: ProfileModel) -> dict[str, Any]:
    return _told(
        {
            "@type": "ProfilePage",
            "@id": _id(profile.profile_id),
            "url": profile.url,
            "name": profile.display_name,
            "provider": {"@type": "Organization", "name": profile.platform.value},
            "alternateName": profile.username,
            "dateModified": profile.observed_at or profile.last_seen_at,
            "interactionStatistic": None if profile.followers is None else _followed(profile.followers),
        }
    )


def _link(link: LinkModel) -> dict[str, Any]:
    return {
        "left": {"@id": _id(link.left.profile_id)},
        "right": {"@id": _id(link.right.profile_id)},
        "probability": link.probability,
        "accepted": link.accepted,
        "decidedBy": link.method.decided_by.value,
        "modelVersion": link.method.model_version,
        "evidence": [
            {"signal": each.signal, "matchWeight": each.match_weight, "description": each.explanation}
            for each in link.evidence
        ],
        "firstSeen": link.first_seen_at,
        "lastSeen": link.last_seen_at,
    }


def _followed(count: int) -> dict[str, Any]:
    return {"@type": "InteractionCounter", "interactionType": {"@type": "FollowAction"}, "userInteractionCount": count}


def _id(profile_id: str) -> str:
    """A blank node: profile ids may hold anything, so they are told in hex."""
    return f"_:p{profile_id.encode().hex()}"


def _value(fact: FactModel | None) -> str | None:
    return fact.value if fact else None


def _told(node: dict[str, Any]) -> dict[str, Any]:
    """Without what is not known."""
    return {key: value for key, value in node.items() if value not in (None, [])}
