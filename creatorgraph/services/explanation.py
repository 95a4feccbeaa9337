"""Why two profiles are one person, or are not known to be: from what is stored, without scoring again."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.decision import Decision, Verdict
from creatorgraph.domain.identifier import Identifier
from creatorgraph.domain.link import Link
from creatorgraph.services.cohesion import chain
from creatorgraph.store.read.link import Pair


class PairStatus(StrEnum):
    """What is stored about a pair."""

    ACCEPTED = "accepted"
    BELOW_THRESHOLD = "below_threshold"
    NO_LINK = "no_link"


@dataclass(frozen=True, slots=True, kw_only=True)
class PairFacts:
    """What the store knows of a pair. `links` are those between the members of the creator that both belong to, if any."""

    pair: Pair
    link: Link | None
    creators: tuple[CreatorId | None, CreatorId | None]
    links: Collection[Link]
    decision: Decision | None
    shared: tuple[Identifier, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PairExplanation:
    """`via` is the chain of accepted links between two members of one creator that have none of their own."""

    facts: PairFacts
    status: PairStatus
    same_creator: bool
    via: tuple[Pair, ...]
    summary: str


def explain(facts: PairFacts) -> PairExplanation:
    """The explanation of a pair, with one sentence or two for people."""
    left, right = facts.creators
    same = left is not None and left == right
    status = (
        PairStatus.NO_LINK
        if facts.link is None
        else PairStatus.ACCEPTED
        if facts.link.accepted
        else PairStatus.BELOW_THRESHOLD
    )
    via = chain(*facts.pair, facts.links) if same and status is not PairStatus.ACCEPTED else ()
    parts = [_of_link(facts, status), _of_creators(facts, status, same, via), _of_decision(facts.decision)]
    return PairExplanation(
        facts=facts, status=status, same_creator=same, via=via, summary=" ".join(part for part in parts if part)
    )


def shared_identifiers(left: Iterable[Identifier], right: Iterable[Identifier]) -> tuple[Identifier, ...]:
    """Identifiers that both profiles hold, as the left one shows them; each once, wherever it was found."""
    held = {(identifier.kind, identifier.value) for identifier in right}
    found = {(i.kind, i.value): i for i in left if (i.kind, i.value) in held}
    return tuple(found.values())


def _of_link(facts: PairFacts, status: PairStatus) -> str:
    if facts.link is None:
        if facts.shared:
            kinds = ", ".join(sorted({identifier.kind.value for identifier in facts.shared}))
            return (
                f"No link is stored although both hold the same {kinds}: either so many profiles share it that it is no "
                "proof, or the comparison ended below the smallest probability that is kept."
            )
        return (
            "No link is stored: blocking found no reason to compare the two, or the comparison ended below the smallest "
            "probability that is kept."
        )
    said = f"The link has probability {facts.link.probability:.3f}, {len(facts.link.evidence)} signals speak in it"
    return f"{said}, and it was accepted." if status is PairStatus.ACCEPTED else f"{said}; it was not accepted."


def _of_creators(facts: PairFacts, status: PairStatus, same: bool, via: tuple[Pair, ...]) -> str:
    if None in facts.creators:
        return "At least one of the two was not resolved yet."
    if not same:
        return (
            "They belong to two creators: clustering or a decision keeps them apart."
            if status is PairStatus.ACCEPTED
            else "They belong to two creators."
        )
    if status is PairStatus.ACCEPTED:
        return "They belong to one creator."
    if via:
        return f"They belong to one creator, joined by a chain of {len(via)} accepted links."
    return "They belong to one creator, but no chain of accepted links joins them."


def _of_decision(decision: Decision | None) -> str:
    match decision.verdict if decision else None:
        case Verdict.SAME:
            return "A person decided that they are the same."
        case Verdict.DIFFERENT:
            return "A person decided that they are different."
        case Verdict.UNSURE:
            return "A person looked at them and was unsure."
        case _:
            return ""
