"""Who a profile might be, without storing it: the creators that it would be linked to if it arrived now.

It is looked up by the indexes, and weighed with the model, of arrivals (resolution.py), in a transaction that PostgreSQL itself
holds to reading.
"""

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import sqlalchemy as sa
from numpy.typing import NDArray

from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.error import InvalidInputError, UnavailableError
from creatorgraph.domain.identifier import IdentifierKind
from creatorgraph.domain.link import Evidence, Link
from creatorgraph.domain.platform import Platform
from creatorgraph.domain.profile import Profile, ProfileId
from creatorgraph.ingest.contact import ContactHasher
from creatorgraph.ingest.record import parse_record
from creatorgraph.ingest.reject import Rejected
from creatorgraph.resolution.blocking.posting import mailbox_keys
from creatorgraph.resolution.evidence import evidence_lists
from creatorgraph.resolution.feature.population import population_of
from creatorgraph.resolution.model.estimate import probability_of
from creatorgraph.resolution.model.score import level_scores
from creatorgraph.resolution.neighbourhood import after_competition
from creatorgraph.resolution.option import ResolveOptions, bits
from creatorgraph.resolution.profile_table import to_table
from creatorgraph.resolution.result import LINK_SCHEMA, links_of
from creatorgraph.resolution.signals import SIGNALS
from creatorgraph.services.arrival.candidate import around
from creatorgraph.services.arrival.comparison import WITNESSES, Seen, seen_through
from creatorgraph.services.arrival.engine import ArrivalEngine, open_arrival_engine
from creatorgraph.services.arrival.spelling import spelled_around
from creatorgraph.services.engines import Engines
from creatorgraph.services.posting_index import indexed
from creatorgraph.services.recluster import run_options
from creatorgraph.services.stored_profile import stored_part
from creatorgraph.store.read.arrival import StoredKeys, row_facts, weights_of_rows
from creatorgraph.store.read.creator import matching_creators
from creatorgraph.store.read.keyset import Part
from creatorgraph.store.read.link import links_of_profiles
from creatorgraph.store.read.posting import members_of, stored_posting_model
from creatorgraph.store.read.profile import profiles_by_account_ids, profiles_by_accounts

Numbers = NDArray[np.int64]
ASKED = ProfileId("\x01asked")
"""Stands for the profile that is asked about: before every other id, as populations ascend by it."""
_ROW = -1
_SAME_ACCOUNT = "account"


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchCandidate:
    """A creator that the profile may belong to, by the most probable of the links to its profiles.

    `match_weight` is in bits, None where the account itself is one of the creator's.
    """

    creator_id: CreatorId
    matched: ProfileId
    probability: float
    match_weight: float | None
    accepted: bool
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """The most probable first. `known` is the stored profile of the very account, whose links are told then."""

    candidates: tuple[MatchCandidate, ...]
    known: ProfileId | None
    model_version: str


class Matching:
    """One per process: it keeps the model. Threads may share it."""

    def __init__(self, engines: Engines) -> None:
        self._engines = engines
        self._engine: ArrivalEngine | None = None
        self._lock = threading.Lock()

    def asked(self, record: Mapping[str, object]) -> Profile:
        """The profile that a record in the form of ingest describes; its contacts are hashed at once.

        Raises:
            InvalidInputError: nothing is known of it, or it names no account that we understand.
        """
        if not record.keys() - {"platform", "followers"}:
            raise InvalidInputError("nothing is known of the profile", mend="Give at least one text, such as username.")
        whole = {**record, "profile_id": ASKED}
        if "platform" not in record and "url" not in record:
            whole["platform"] = Platform.OTHER.value
        hasher = ContactHasher(self._engines.settings.contact_secret())
        parsed = parse_record(whole, hasher=hasher, where="profile", payload=False)
        if isinstance(parsed, Rejected):
            raise InvalidInputError(
                parsed.detail, where=parsed.field, mend="Give a platform, or the address of an account."
            )
        return parsed.profile

    def match(self, profile: Profile, *, first: int, min_probability: float) -> Matched:
        """The creators of at least this probability, at most `first`. Nothing is stored.

        Raises:
            UnavailableError: nothing was resolved yet, or this machine lacks the model.
        """
        profile = replace(profile, profile_id=ASKED)
        with self._engines.database.snapshot() as connection:
            connection.execute(sa.text("SET TRANSACTION READ ONLY"))
            engine = self._ready(connection)
            known = _known(connection, profile)
            links = (
                _links_as_if_it_came(connection, engine, run_options(connection), profile)
                if known is None
                else _stored_links(connection, known, min_probability)
            )
            others = {_other(each, known or ASKED): each for each in links if each.probability >= min_probability}
            creators = matching_creators(connection, [*others, *([known] if known else [])])
        found: dict[CreatorId, MatchCandidate] = {}
        if known is not None and known in creators:
            found[creators[known]] = _certain(creators[known], known)
        for other, link in sorted(others.items(), key=lambda each: (-each[1].match_weight, each[0])):
            if other in creators:
                found.setdefault(creators[other], _candidate(creators[other], other, link))
        return Matched(candidates=tuple(found.values())[:first], known=known, model_version=engine.version)

    def _ready(self, connection: sa.Connection) -> ArrivalEngine:
        wanted = stored_posting_model(connection)
        if wanted is None:
            raise UnavailableError(
                "there is nothing to match with: no run has left its indexes",
                mend="Run `creatorgraph resolve` with CREATORGRAPH_ARRIVALS=true.",
            )
        with self._lock:
            if self._engine is None or self._engine.version != wanted.model_version:
                self._engine = open_arrival_engine(self._engines, wanted)
            return self._engine


def _known(connection: sa.Connection, profile: Profile) -> ProfileId | None:
    """The stored profile of the same account."""
    names = _own(profile, IdentifierKind.USERNAME, "username")
    ids = _own(profile, IdentifierKind.ACCOUNT_ID, "account_id")
    found = [*profiles_by_account_ids(connection, ids), *profiles_by_accounts(connection, names)]
    return next((each.profile.profile_id for each in found if each is not None), None)


def _own(profile: Profile, kind: IdentifierKind, field: str) -> list[tuple[Platform, str]]:
    prefix = f"{profile.platform}:"
    values = [each.value for each in profile.identifiers if each.kind is kind and each.field == field]
    return [(profile.platform, value.removeprefix(prefix)) for value in values if value.startswith(prefix)]


def _stored_links(connection: sa.Connection, known: ProfileId, least: float) -> Iterable[Link]:
    [page] = links_of_profiles(connection, [Part(parent=known, first=100)], min_probability=least)
    return [each.link for each in page.items]


def _links_as_if_it_came(
    connection: sa.Connection, engine: ArrivalEngine, options: ResolveOptions, profile: Profile
) -> list[Link]:
    """The links that the profile would get, with their evidence; nobody else's change is told."""
    own = to_table([profile], local_hash=engine.hasher.local_value)
    some = indexed(own, np.array([_ROW]), engine.model, max_block_size=options.max_block_size)
    blocks = some.blocks
    keys = StoredKeys(key=blocks.key, row_id=some.row_ids[blocks.row], rule=blocks.rule, side=blocks.side)
    hood = around(connection, keys, max_block_size=options.max_block_size)
    spelled = spelled_around(connection, _ROW, some.grams.key, some.grams.weight.astype(np.int64), ASKED)
    others = np.union1d(hood.other[hood.one == _ROW], spelled)
    if not len(others):
        return []
    seen = _look_at(connection, engine, own, np.union1d(others, hood.witnesses))
    others = others[seen.rows(others) >= 0]  # not those that went meanwhile
    found, seen = seen_through(seen, seen.pairs(np.full(len(others), _ROW), others), engine, options)
    competed = _competed(connection, engine, profile, others, found.weight)
    weight = engine.model.calibration.apply(competed)
    told = np.flatnonzero(weight >= bits(options.floor))
    ids = seen.population.table.column("profile_id").to_pylist() if len(told) else []
    chosen = seen.pairs(np.full(len(told), _ROW), others[told])
    context = level_scores(SIGNALS, engine.model.fitted, found.levels[told])[1]
    table = pa.table(
        {
            "left": [ids[row] for row in chosen.left.tolist()],
            "right": [ids[row] for row in chosen.right.tolist()],
            "probability": probability_of(weight[told]),
            "match_weight": weight[told],
            "accepted": weight[told] >= bits(options.match_threshold),
            "evidence": evidence_lists(
                SIGNALS,
                engine.model.fitted,
                chosen,
                found.levels[told],
                context,
                competed[told] - found.weight[told],
                weight[told] - competed[told],
            ),
        },
        schema=LINK_SCHEMA,
    )
    return list(links_of(table, model_version=engine.version))


def _look_at(connection: sa.Connection, engine: ArrivalEngine, own: pa.Table, rows: Numbers) -> Seen:
    """These stored profiles and the one that is asked about, with whoever has its username as a mailbox."""
    names = own.column("username_local").combine_chunks().drop_null()
    mailboxes = np.unique(mailbox_keys(names))
    if len(mailboxes):
        rows = np.union1d(rows, members_of(connection, mailboxes, np.full(len(mailboxes), WITNESSES - 1)).row_id)
    stored, found = stored_part(connection, rows, local_hash=engine.hasher.local_value)
    table = pa.concat_tables([own, stored.select(own.column_names)]).combine_chunks()
    population = population_of(table, engine.vectors(table), engine.model.reference)
    return Seen(population=population, row_ids=np.concatenate([[_ROW], found]))


def _competed(
    connection: sa.Connection,
    engine: ArrivalEngine,
    profile: Profile,
    others: Numbers,
    weight: NDArray[np.float64],
) -> NDArray[np.float64]:
    """The weights after the rivals of both sides were held against them."""
    beside = weights_of_rows(connection, others)
    facts = row_facts(connection, np.unique(np.concatenate([others, beside.left, beside.right])))
    platforms = list(Platform)
    platform = np.append(facts.platform, platforms.index(profile.platform))
    named = np.append(facts.named, profile.username is not None)
    mine = np.full(len(others), len(facts.row_id), dtype=np.int64)
    left = np.concatenate([facts.at(others), facts.at(beside.left)])
    right = np.concatenate([mine, facts.at(beside.right)])
    weights = np.concatenate([weight, beside.weight])
    return after_competition(platform, named, left, right, weights, engine.model.gain)[: len(others)]


def _other(link: Link, one: ProfileId) -> ProfileId:
    return link.right if link.left == one else link.left


def _candidate(creator_id: CreatorId, matched: ProfileId, link: Link) -> MatchCandidate:
    return MatchCandidate(
        creator_id=creator_id,
        matched=matched,
        probability=link.probability,
        match_weight=link.match_weight,
        accepted=link.accepted,
        evidence=link.evidence,
    )


def _certain(creator_id: CreatorId, known: ProfileId) -> MatchCandidate:
    said = Evidence(
        signal=_SAME_ACCOUNT,
        level="same",
        left_value=None,
        right_value=None,
        match_weight=0.0,
        explanation="This very account is stored, and belongs to the creator.",
    )
    return MatchCandidate(
        creator_id=creator_id, matched=known, probability=1.0, match_weight=None, accepted=True, evidence=(said,)
    )
