"""Everybody at once: what arrives, goes and is erased, stewards, runs over everything, exports, and what follows behind."""

import asyncio
import os
import random
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from ipaddress import IPv4Address
from pathlib import Path
from time import monotonic

import orjson
import pytest
from psycopg.errors import DeadlockDetected

from creatorgraph.domain.decision import Verdict
from creatorgraph.domain.error import CreatorgraphError
from creatorgraph.domain.export import ExportFormat
from creatorgraph.domain.profile import ProfileId
from creatorgraph.domain.steward import Role, Steward
from creatorgraph.domain.tenant import Tenant
from creatorgraph.domain.webhook import Subscription, WebhookEvent
from creatorgraph.services.arrival.match import Matching
from creatorgraph.services.arrival.service import Arrivals
from creatorgraph.services.engines import Engines
from creatorgraph.services.erasure import carry_out_erasures, request_erasure
from creatorgraph.services.export_job.order import order_export
from creatorgraph.services.export_job.work import work_on_exports
from creatorgraph.services.ingest import ingest_files
from creatorgraph.services.model_file import read_model
from creatorgraph.services.private.collection import (
    add_to_collection,
    drop_collection,
    make_collection,
    remove_from_collection,
)
from creatorgraph.services.private.matching import match_waiting
from creatorgraph.services.private.profile import forget_private, keep_private
from creatorgraph.services.private.record import PrivateRecord
from creatorgraph.services.relay import rebuild_graph, relay
from creatorgraph.services.resolve import model_path, resolve_all
from creatorgraph.services.retention import expire_all
from creatorgraph.services.steward.access import add_steward, list_stewards
from creatorgraph.services.steward.act import Outcome
from creatorgraph.services.steward.bulk import accept_bulk, preview_bulk
from creatorgraph.services.steward.claim import claim_items
from creatorgraph.services.steward.decide import comment_on, decide, skip
from creatorgraph.services.steward.merge import merge
from creatorgraph.services.steward.replay import replay_identities
from creatorgraph.services.steward.split import move, split
from creatorgraph.services.steward.undo import undo
from creatorgraph.services.tenant.account import create_tenant
from creatorgraph.services.webhook.subscription import create_webhook
from creatorgraph.services.withdraw import withdraw_profiles
from creatorgraph.store.read.queue import QueueFilter
from creatorgraph.store.write.profile import IncomingProfile
from tests.integration.steward.contract import Contract
from tests.integration.steward.look import members, version, waiting
from tests.remembered_weight import RememberedWeights

SECONDS = float(os.environ.get("CREATORGRAPH_TEST_EVERYBODY_SECONDS", "12"))


@dataclass(kw_only=True)
class Crowd:
    """People and machines over one database, each on a thread of its own; `did` counts what came of what they tried."""

    engines: Engines
    incoming: list[IncomingProfile]
    records: list[dict[str, object]]
    people: list[Steward]
    tenant: Tenant
    folder: Path
    until: float
    did: Counter[str] = field(default_factory=Counter)
    made: list[str] = field(default_factory=list)
    """Decisions that may be taken back."""

    def at_work(self, number: int, deeds: Sequence[Callable[["Crowd", random.Random], object]]) -> None:
        chance = random.Random(number)
        while monotonic() < self.until:
            deed = chance.choice(deeds)
            try:
                deed(self, chance)
            except CreatorgraphError as error:
                if isinstance(getattr(error.__cause__, "orig", None), DeadlockDetected):
                    raise
                self.did[f"{deed.__name__}: {type(error).__name__}"] += 1
            else:
                self.did[deed.__name__] += 1

    def anybody(self, chance: random.Random) -> ProfileId:
        return chance.choice([each for profiles in members(self.engines).values() for each in profiles])

    def done(self, outcome: Outcome) -> None:
        self.made = [*self.made[-20:], *(each.decision_id for each in outcome.decisions[-1:])]


def arrive(crowd: Crowd, chance: random.Random) -> None:
    some = chance.sample(crowd.incoming, chance.randint(1, 5))
    changed = [
        replace(each, profile=replace(each.profile, bio=f"{each.profile.bio or ''} {chance.randint(0, 3)}"))
        for each in some
    ]
    Arrivals(crowd.engines).take_in(changed, source="test")


def ingest(crowd: Crowd, chance: random.Random) -> None:
    file = crowd.folder / f"{chance.random()}.jsonl"
    some = chance.sample(crowd.records, 20)
    file.write_bytes(b"\n".join(orjson.dumps({**each, "followers": chance.randint(1, 9999)}) for each in some))
    ingest_files(crowd.engines, [file], source="feed")


def resolve_waiting(crowd: Crowd, _: random.Random) -> None:
    Arrivals(crowd.engines).resolve_waiting()


def withdraw(crowd: Crowd, chance: random.Random) -> None:
    withdraw_profiles(crowd.engines, [crowd.anybody(chance) for _ in range(chance.randint(1, 3))])


def ask_for_erasure(crowd: Crowd, chance: random.Random) -> None:
    if chance.random() < 0.5:
        request_erasure(crowd.engines, creator=chance.choice(list(members(crowd.engines))), asked_by="test")
    else:
        request_erasure(crowd.engines, profiles=[crowd.anybody(chance)], asked_by="test")


def erase(crowd: Crowd, _: random.Random) -> None:
    carry_out_erasures(crowd.engines)


def judge(crowd: Crowd, chance: random.Random) -> None:
    who = chance.choice(crowd.people)
    for each in claim_items(crowd.engines, who, count=chance.randint(1, 3)):
        pair = each.item.pair
        comment_on(crowd.engines, who, pair, "looked at")
        if chance.random() < 0.2:
            skip(crowd.engines, who, pair, reason="later", expected_version=each.version)
            continue
        verdict, override = chance.choice(list(Verdict)), chance.random() < 0.5
        crowd.done(decide(crowd.engines, who, pair, verdict, expected_version=each.version, override=override))


def judge_many(crowd: Crowd, chance: random.Random) -> None:
    who = chance.choice(crowd.people)
    preview = preview_bulk(crowd.engines, who, QueueFilter(min_priority=chance.random()), sample=3)
    crowd.done(accept_bulk(crowd.engines, who, preview.token))


def put_together(crowd: Crowd, chance: random.Random) -> None:
    two = chance.sample(list(members(crowd.engines)), 2)
    versions = [version(crowd.engines, each) for each in two]
    who = chance.choice(crowd.people)
    crowd.done(merge(crowd.engines, who, two, expected_versions=versions, override=chance.random() < 0.5))


def take_apart(crowd: Crowd, chance: random.Random) -> None:
    creator, profiles = chance.choice([each for each in members(crowd.engines).items() if len(each[1]) > 1])
    at = version(crowd.engines, creator)
    crowd.done(
        split(crowd.engines, chance.choice(crowd.people), creator, [profiles[:1], profiles[1:]], expected_version=at)
    )


def put_elsewhere(crowd: Crowd, chance: random.Random) -> None:
    (source, profiles), (target, _) = chance.sample(
        [each for each in members(crowd.engines).items() if len(each[1]) > 1], 2
    )
    who, at = chance.choice(crowd.people), version(crowd.engines, source)
    crowd.done(move(crowd.engines, who, profiles[0], target, expected_version=at))


def take_back(crowd: Crowd, chance: random.Random) -> None:
    if crowd.made:
        undo(crowd.engines, chance.choice(crowd.people), chance.choice(crowd.made))


def run(crowd: Crowd, _: random.Random) -> None:
    resolve_all(crowd.engines, model=read_model(model_path(crowd.engines.settings)))


def follow(crowd: Crowd, _: random.Random) -> None:
    assert not relay(crowd.engines).failures


def export(crowd: Crowd, chance: random.Random) -> None:
    order_export(crowd.engines, crowd.tenant.tenant_id, chance.choice(list(ExportFormat)), asked_by="test")
    work_on_exports(crowd.engines)


def bring_own(crowd: Crowd, chance: random.Random) -> None:
    some = [each.profile for each in chance.sample(crowd.incoming, 3)]
    records = [
        PrivateRecord(ref=f"crm-{number}", platform=each.platform, username=each.username)
        for number, each in enumerate(some)
        if each.username
    ]
    keep_private(crowd.engines, crowd.tenant.tenant_id, records, Matching(crowd.engines))
    forget_private(crowd.engines, crowd.tenant.tenant_id, "crm-0")
    match_waiting(crowd.engines, Matching(crowd.engines))


def collect(crowd: Crowd, chance: random.Random) -> None:
    tenant, some = crowd.tenant.tenant_id, chance.sample(list(members(crowd.engines)), 20)
    kept = make_collection(crowd.engines, tenant, f"{chance.random()}").collection_id
    add_to_collection(crowd.engines, tenant, kept, some)
    remove_from_collection(crowd.engines, tenant, kept, some[:5])
    if chance.random() < 0.5:
        drop_collection(crowd.engines, tenant, kept)


def read_the_log(crowd: Crowd, _: random.Random) -> None:
    found = replay_identities(crowd.engines, write=True)
    assert not found.misplaced
    assert not found.misled


def tidy(crowd: Crowd, _: random.Random) -> None:
    expire_all(crowd.engines)
    rebuild_graph(crowd.engines)


STEWARDS = (judge, judge_many, put_together, take_apart, put_elsewhere, take_back)
SHIFTS = (
    (arrive, ingest, resolve_waiting),
    (arrive, withdraw),
    STEWARDS,
    STEWARDS,
    (ask_for_erasure, erase, erase),
    (run,),
    (follow, erase, tidy),
    (export, bring_own, collect),
    (follow, read_the_log),
)


async def somewhere(_: str, __: int) -> list[IPv4Address]:
    return [IPv4Address("93.184.216.34")]


@pytest.fixture
def crowd(resolved: Engines, world: Path, incoming: list[IncomingProfile], tmp_path: Path) -> Crowd:
    for name in ("ann", "bo"):
        add_steward(resolved, name, Role.STEWARD)
    (tmp_path / "given").mkdir()
    scoring = RememberedWeights()
    engines = replace(resolved, scoring=lambda: scoring)
    resolve_all(engines, force=True)
    tenant = create_tenant(engines, "agency")
    listening = Subscription(
        url="https://agency.example/hook", description="", events=tuple(WebhookEvent), creators=None
    )
    asyncio.run(create_webhook(engines, tenant.tenant_id, listening, resolve=somewhere))
    return Crowd(
        engines=engines,
        incoming=incoming,
        records=[orjson.loads(line) for line in (world / "profiles.jsonl").read_bytes().splitlines()],
        people=list_stewards(engines),
        tenant=tenant,
        folder=tmp_path / "given",
        until=monotonic() + SECONDS,
    )


@pytest.mark.timeout(600)
def test_nobody_is_broken_off_and_the_contract_holds(crowd: Crowd) -> None:
    with ThreadPoolExecutor(len(SHIFTS)) as pool:
        shifts = [pool.submit(crowd.at_work, number, deeds) for number, deeds in enumerate(SHIFTS)]
    for each in shifts:
        each.result()
    # of each kind somebody came through
    assert all(crowd.did[name] for name in ("arrive", "erase", "export", "ingest", "resolve_waiting")), crowd.did
    assert any(crowd.did[each.__name__] for each in STEWARDS), crowd.did
    carry_out_erasures(crowd.engines)
    Arrivals(crowd.engines).resolve_all_waiting()
    Contract(engines=crowd.engines).check(waiting=waiting(crowd.engines))
    assert not relay(crowd.engines).failures
