"""Somebody who is erased is in no store afterwards, and does not come back."""

import json
import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from creatorgraph.api.app import create_app
from creatorgraph.domain.caller import Caller
from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.erasure import ErasedFrom
from creatorgraph.domain.error import NotFoundError
from creatorgraph.domain.export import Export, ExportFormat, ExportState
from creatorgraph.domain.profile import Profile, ProfileId
from creatorgraph.domain.steward import Role, Steward, StewardId
from creatorgraph.domain.webhook import Attempt, WebhookEvent
from creatorgraph.embeddings.encoder import Encoder
from creatorgraph.graph.element import NodeKind
from creatorgraph.resolution.identity import replay
from creatorgraph.services.arrival.match import Matching
from creatorgraph.services.arrival.service import Arrivals
from creatorgraph.services.engines import Engines
from creatorgraph.services.erasure import carry_out_erasures, every_erasure, one_erasure, request_erasure
from creatorgraph.services.export_job.folder import folder_of, path_of
from creatorgraph.services.export_job.order import manifest_of, order_export
from creatorgraph.services.export_job.work import work_on_exports
from creatorgraph.services.ingest import ingest_files
from creatorgraph.services.private.collection import add_to_collection, make_collection
from creatorgraph.services.private.contact import contacts_in_full
from creatorgraph.services.private.profile import Kept, keep_private
from creatorgraph.services.private.record import PrivateRecord
from creatorgraph.services.relay import rebuild_graph, relay
from creatorgraph.services.resolve import resolve_all
from creatorgraph.services.steward.merge import merge
from creatorgraph.services.steward.split import split
from creatorgraph.services.tenant.account import create_tenant
from creatorgraph.services.tenant.key import create_key
from creatorgraph.store.database import Database
from creatorgraph.store.read.bulk import read_members, read_memberships, read_profiles
from creatorgraph.store.read.history import Ending, all_events, retirements
from creatorgraph.store.table import (
    creator,
    decision,
    metadata,
    profile,
    reject,
    review_comment,
    webhook,
    webhook_delivery,
    webhook_message,
)
from creatorgraph.store.write.outbox import announce
from creatorgraph.store.write.profile import IncomingProfile
from creatorgraph.store.write.webhook_message import Verdict, claim, next_message, record
from tests.integration.services.conftest import engines_over
from tests.service_shape import EMBEDDED, SERVICES, SHAPES, START_SECONDS, Services, perform

BOTH = pytest.mark.parametrize("engines", SHAPES, indirect=True)


@pytest.fixture
def engines(request: pytest.FixtureRequest, database: Database, encoder: Encoder, tmp_path: Path) -> Iterator[Engines]:
    """All engines over a fresh database, in the shape that the test names."""
    opened = engines_over(database, encoder, tmp_path)
    if getattr(request, "param", EMBEDDED) == SERVICES:
        opened = request.getfixturevalue("services").under(opened)
    yield opened
    opened.graph.close()


@pytest.fixture
def person(engines: Engines, world: Path, tmp_path: Path) -> tuple[CreatorId, list[Profile]]:
    """The resolved world, and its largest creator whom nobody else mentions."""
    lines = (world / "profiles.jsonl").read_text()
    (tmp_path / "in.jsonl").write_text(lines)
    ingest_files(engines, [tmp_path / "in.jsonl"], source="feed")
    resolve_all(engines)
    relay(engines)
    with engines.database.transaction() as connection:
        members: dict[CreatorId, list[ProfileId]] = {}
        for profile_id, creator_id in read_memberships(connection).items():
            members.setdefault(creator_id, []).append(profile_id)
        for creator_id in sorted(members, key=lambda each: (-len(members[each]), each)):
            profiles = read_profiles(connection, members[creator_id])
            if len(profiles) > 1 and all(lines.lower().count(name) <= 2 for name in names_of(profiles)):
                break
        else:
            pytest.fail("everybody is mentioned by others")
    return creator_id, profiles


def names_of(profiles: list[Profile]) -> set[str]:
    """What tells the person from everybody: ids, long usernames, bios."""
    names: set[str] = {each.profile_id for each in profiles}
    names |= {each.username for each in profiles if each.username and len(each.username) > 7}
    names |= {each.bio[:40] for each in profiles if each.bio and len(each.bio) > 40}
    return {name.lower() for name in names}


def found_in_tables(engines: Engines, names: set[str]) -> dict[str, str]:
    """The tables that hold one of the names anywhere, with it."""
    found = {}
    with engines.database.transaction() as connection:
        for table in metadata.sorted_tables:
            rows = connection.execute(sa.text(f'SELECT "{table.name}"::text FROM "{table.name}"')).scalars()  # noqa: S608
            text = lowered("\n".join(rows))
            for name in names:
                if lowered(name) in text:
                    found[table.name] = name
    return found


def found_in_files(folder: Path, names: set[str]) -> set[str]:
    """The files below the data folder that hold one of the names."""
    needles = {lowered(name) for name in names}
    files = [path for path in folder.rglob("*") if path.is_file() and path.name != "in.jsonl"]
    texts = {path: lowered(path.read_bytes().decode(errors="replace")) for path in files}
    return {str(path) for path, text in texts.items() if any(needle in text for needle in needles)}


def lowered(text: str) -> str:
    """Lower case without what quotes and escapes add: JSON lies within rows and within JSON."""
    return re.sub(r"[\\\"]", "", text).lower()


@BOTH
def test_nothing_of_the_person_is_left(
    engines: Engines, person: tuple[CreatorId, list[Profile]], tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    creator_id, profiles = person
    names = names_of(profiles)
    said_about(engines, profiles)
    ready, half = exported(engines)
    kept_by_a_tenant(engines, creator_id, profiles)
    told_to_a_subscriber(engines, creator_id, answer=f"stored {profiles[0].profile_id}, {profiles[0].bio}")
    assert {
        "profile", "identity_event", "decision", "review_comment", "reject", "raw_payload", "private_profile",
        "webhook_delivery",
    } <= set(found_in_tables(engines, names))  # fmt: skip
    assert set(found_in_tables(engines, {creator_id})) >= {"collection_member", "private_profile"}
    assert found_in_files(tmp_path / "export", names)
    assert found_in_files(tmp_path, names)
    servers: Services | None = None if engines.settings.redis_url is None else request.getfixturevalue("services")
    if servers:
        assert any(name in servers.graph_text() for name in names)
        assert asked_over_the_api(engines, creator_id) == 200
    text = profiles[0].bio or profiles[0].display_name or ""
    vector = engines.profile_index().vectors([profiles[0].profile_id])
    assert vector.any()

    asked = request_erasure(engines, creator=creator_id, asked_by="ticket 7")
    assert asked.done_at is None
    if servers:
        perform(engines, "erase", "(SELECT bool_and(done_at IS NOT NULL) FROM erasure)")
    else:
        carry_out_erasures(engines)

    assert found_in_tables(engines, names) == {}
    # the id itself stays where it answers, and tells exports and subscribers, that somebody was erased
    stays = {"creator", "identity_event", "erasure", "change_log", "webhook_message"}
    assert set(found_in_tables(engines, {creator_id})) == stays
    assert found_in_files(tmp_path, names) == set()
    if servers:
        told, kept = servers.graph_text(), servers.redis.everything().lower()
        assert not [name for name in names if name in told]
        assert kept
        assert not [name for name in names if name.encode() in kept]
    assert text not in str(every_erasure(engines))
    assert not engines.profile_index().vectors([each.profile_id for each in profiles]).any()
    for index in (engines.profile_index(), engines.bio_index()):
        near = index.search(np.ascontiguousarray(vector), 5)[0]
        assert not {each.id for each in near} & {each.profile_id for each in profiles}

    work_on_exports(engines)
    assert found_in_files(tmp_path, names) == set()
    for made in (ready, half):
        found, parts = manifest_of(engines, made.tenant_id, made.export_id)
        assert (found.state, found.done) == (ExportState.READY, count_creators(engines))
        assert all(path_of(engines.settings, found, part).is_file() for part in parts)


@pytest.mark.neo4j
@pytest.mark.redis
def test_scrubbed_files_of_neo4j_hold_nothing_of_the_person(
    database: Database, encoder: Encoder, services: Services, world: Path, tmp_path: Path
) -> None:
    """Neo4j's log and free space keep deleted text; the operator has them removed, and the graph is built anew."""
    on_services = services.under(engines_over(database, encoder, tmp_path))
    # Neo4j packs texts of up to some fifty letters, which a look at the bytes would not find
    long_id = ProfileId("a profile whose id is far too long to be packed: " + "0123456789" * 5)
    record = {"profile_id": long_id, "platform": "instagram", "username": "somebody_with_a_long_name", "bio": "Hello"}
    (tmp_path / "in.jsonl").write_text((world / "profiles.jsonl").read_text() + json.dumps(record) + "\n")
    ingest_files(on_services, [tmp_path / "in.jsonl"], source="feed")
    resolve_all(on_services)
    relay(on_services)
    names, before = {str(long_id)}, on_services.graph.counts()
    request_erasure(on_services, profiles=[long_id], asked_by="ticket 7")
    carry_out_erasures(on_services)
    assert services.files_with(names), "this is why the command is there"

    assert services.neo4j.scrub()
    assert services.files_with(names) == set()
    services.neo4j.start(timeout=START_SECONDS)
    rebuild_graph(on_services)
    after = on_services.graph.counts()
    assert after.nodes[NodeKind.PROFILE] == before.nodes[NodeKind.PROFILE] - 1
    assert services.files_with(names) == set()
    on_services.graph.close()


@BOTH
def test_the_receipt_names_every_place(engines: Engines, person: tuple[CreatorId, list[Profile]]) -> None:
    creator_id, profiles = person
    asked = request_erasure(engines, creator=creator_id, asked_by="ticket 7")
    assert request_erasure(engines, creator=creator_id, asked_by="ticket 8") == asked
    carry_out_erasures(engines)
    receipt = one_erasure(engines, asked.erasure_id)
    assert receipt.done_at is not None
    assert [step.place for step in receipt.steps] == list(ErasedFrom)
    assert all(receipt.asked_at <= step.at <= receipt.done_at for step in receipt.steps)
    assert {step.place: step.entries for step in receipt.steps}[ErasedFrom.PROFILES] == len(profiles)
    assert request_erasure(engines, creator=creator_id, asked_by="ticket 9") == receipt
    assert carry_out_erasures(engines) == []


def test_profiles_that_are_being_erased_are_not_erased_twice(
    engines: Engines, person: tuple[CreatorId, list[Profile]]
) -> None:
    one, other, *_ = (each.profile_id for each in person[1])
    asked = request_erasure(engines, profiles=[one, other], asked_by="ticket 7")
    assert request_erasure(engines, profiles=[other, ProfileId("nobody")], asked_by="ticket 8") == asked
    # what is cleared in PostgreSQL stays open until everything that follows it is, too
    with engines.database.transaction() as connection:
        connection.execute(profile.delete().where(profile.c.profile_id == one))
    assert request_erasure(engines, profiles=[one], asked_by="ticket 9") == asked
    assert request_erasure(engines, profiles=[one, other], asked_by="ticket 9") == asked
    carry_out_erasures(engines)
    assert len(every_erasure(engines)) == 1


@pytest.mark.parametrize("name", ["Özlem Yılmaz", "Ольга Иванова", "山田花子", 'Zoë "Zo" Ångström/Æ'])
def test_a_name_of_other_letters_goes_from_what_was_refused(engines: Engines, tmp_path: Path, name: str) -> None:
    """However it was written: in capitals, escaped, in a file whose lines are JSON within JSON."""
    record = {"profile_id": "somebody-9", "platform": "youtube", "username": "somebody9", "display_name": name}
    written = [name, name.upper(), name.swapcase(), unicodedata.normalize("NFD", name)]
    lines = [json.dumps({"display_name": each}, ensure_ascii=escaped) for each in written for escaped in (True, False)]
    others = [json.dumps({"display_name": each}, ensure_ascii=False) for each in ("Özge Yıldız", "Ольга Петрова")]
    (tmp_path / "in.jsonl").write_text("\n".join([json.dumps(record), *lines, *others]) + "\n")
    [summary] = ingest_files(engines, [tmp_path / "in.jsonl"], source="feed")
    assert summary.rejected == len(lines) + len(others)
    told_to_a_subscriber(engines, OTHER, answer=f"stored {name.upper()}")
    forms = {form for each in written for form in (each, json.dumps(each)[1:-1])}
    assert set(found_in_tables(engines, forms)) >= {"reject", "webhook_delivery"}
    assert found_in_files(tmp_path / "rejects", forms)

    asked = request_erasure(engines, profiles=[ProfileId("somebody-9")], asked_by="ticket 7")
    carry_out_erasures(engines)
    assert found_in_tables(engines, forms) == {}
    assert found_in_files(tmp_path, forms) == set()
    steps = {step.place: step.entries for step in one_erasure(engines, asked.erasure_id).steps}
    assert steps[ErasedFrom.REJECTS] == 2 * len(lines)
    # whose names only begin alike stay
    assert found_in_files(tmp_path / "rejects", {"Özge Yıldız"})
    assert set(found_in_tables(engines, {"Ольга Петрова"})) == {"reject"}


def test_the_history_still_replays(engines: Engines, person: tuple[CreatorId, list[Profile]]) -> None:
    creator_id, profiles = person
    said_about(engines, profiles)
    with engines.database.transaction() as connection:
        before = read_memberships(connection)
    request_erasure(engines, creator=creator_id, asked_by="ticket 7")
    carry_out_erasures(engines)
    with engines.database.transaction() as connection:
        after = read_memberships(connection)
        state = replay(all_events(connection))
        ending = retirements(connection, [creator_id])[0]
        decided = connection.execute(sa.select(decision)).all()
    assert state.membership == after
    assert after == {each: home for each, home in before.items() if home != creator_id}
    assert ending is not None
    assert (ending.ending, ending.successor) == (Ending.ERASED, None)
    assert all(row.left_id < row.right_id for row in decided)
    assert all(row.left_id.startswith("erased:") and row.comment is None for row in decided)


def test_the_person_does_not_come_back(
    engines: Engines, person: tuple[CreatorId, list[Profile]], world: Path, tmp_path: Path
) -> None:
    creator_id, profiles = person
    request_erasure(engines, creator=creator_id, asked_by="ticket 7")
    carry_out_erasures(engines)
    (tmp_path / "in.jsonl").write_text((world / "profiles.jsonl").read_text() + "\n")
    [summary] = ingest_files(engines, [tmp_path / "in.jsonl"], source="another feed")
    assert (summary.rejected, summary.added, summary.changed) == (len(profiles), 0, 300 - len(profiles))
    with engines.database.transaction() as connection:
        refused = connection.execute(sa.select(reject.c.reason, reject.c.payload)).all()
        assert {(row.reason, row.payload) for row in refused} == {("erased", "")}
    # under another id and with another bio it is the same account all the same
    again = Profile(
        profile_id=ProfileId("someone new"),
        platform=profiles[0].platform,
        username=profiles[0].username,
        bio="hello again",
        identifiers=profiles[0].identifiers,
    )
    arrived = Arrivals(engines).take_in([IncomingProfile(profile=again, payload={})], source="feed")
    assert arrived.erased == (again.profile_id,)
    assert found_in_tables(engines, names_of(profiles)) == {}


@BOTH
def test_one_profile_goes_and_the_creator_lives_on(engines: Engines, person: tuple[CreatorId, list[Profile]]) -> None:
    _, profiles = person
    gone, *left = profiles
    asked = request_erasure(engines, profiles=[gone.profile_id], asked_by="ticket 7")
    carry_out_erasures(engines)
    assert one_erasure(engines, asked.erasure_id).done_at is not None
    only = {name for name in names_of([gone]) if name not in names_of(left)}
    assert found_in_tables(engines, only) == {}
    with engines.database.transaction() as connection:
        homes = read_memberships(connection)
        living = read_members(connection, [homes[left[0].profile_id]])
    assert left[0].profile_id in living
    assert gone.profile_id not in homes


def test_subscribers_are_told_and_keep_nothing_else_of_the_person(
    engines: Engines, person: tuple[CreatorId, list[Profile]]
) -> None:
    creator_id, _ = person
    told_to_a_subscriber(engines, creator_id, answer="thanks")
    # what was announced and not yet handed on goes as well, but for the erasure itself
    with engines.database.transaction() as connection:
        announce(connection, "creator.updated", "creators", [creator_id])
    asked = request_erasure(engines, creator=creator_id, asked_by="ticket 7")
    carry_out_erasures(engines)
    with engines.database.transaction() as connection:
        left = connection.execute(sa.select(webhook_message).order_by(webhook_message.c.sequence)).all()
        logged = connection.execute(sa.select(webhook_delivery.c.message_id, webhook_delivery.c.answer)).all()
    naming = [row for row in left if creator_id in str(row.creators)]
    assert [(row.type, row.creators, row.due_at is not None) for row in naming] == [
        ("creator.erased", [{"id": creator_id, "successor_id": None}], True)
    ]
    # a message that named others too still does
    assert [each["id"] for each in left[0].creators] == [OTHER]
    assert [tuple(row) for row in logged] == [(left[0].message_id, "thanks")]
    steps = {step.place: step.entries for step in one_erasure(engines, asked.erasure_id).steps}
    assert steps[ErasedFrom.WEBHOOKS] == 2


def test_nobody_has_the_id(engines: Engines) -> None:
    with pytest.raises(NotFoundError, match="nobody has this id"):
        request_erasure(engines, creator=CreatorId("01910000-0000-7000-8000-000000000000"), asked_by="x")
    with pytest.raises(NotFoundError, match="nobody has this id"):
        request_erasure(engines, profiles=[ProfileId("nobody")], asked_by="x")


def test_only_an_erasure_changes_the_history(engines: Engines, person: tuple[CreatorId, list[Profile]]) -> None:
    said_about(engines, person[1])
    with pytest.raises(sa.exc.DBAPIError, match="append-only"), engines.database.transaction() as connection:
        connection.execute(review_comment.update().values(text="forged"))
    with engines.database.transaction() as connection:
        connection.execute(sa.text("SET LOCAL creatorgraph.erasing = 'on'"))
        with pytest.raises(sa.exc.DBAPIError, match="append-only"), connection.begin_nested():
            connection.execute(review_comment.delete())


def test_a_creator_that_was_merged_into_the_person_goes_from_exports_too(
    engines: Engines, person: tuple[CreatorId, list[Profile]], tmp_path: Path
) -> None:
    """The export was written before the merge: there the person has two ids, of which the receipt knows one."""
    creator_id, profiles = person
    ann = Steward(
        steward_id=StewardId("01910000-0000-7000-8000-00000000000a"),
        name="ann",
        role=Role.STEWARD,
        created_at=datetime.now(UTC),
    )
    [moved, *_] = profiles
    [version] = versions(engines, creator_id)
    done = split(engines, ann, creator_id, [[moved.profile_id]], expected_version=version)
    [other] = [each for each in done.creators if each != creator_id]
    relay(engines)
    exported(engines)
    assert found_in_files(tmp_path / "export", names_of([moved]))
    both = sorted([creator_id, other])
    merge(engines, ann, both, expected_versions=versions(engines, *both), override=True)
    request_erasure(engines, creator=creator_id, asked_by="ticket 7")
    carry_out_erasures(engines)
    assert found_in_files(tmp_path, names_of(profiles)) == set()
    work_on_exports(engines)
    assert found_in_files(tmp_path, names_of(profiles)) == set()


def exported(engines: Engines) -> tuple[Export, Export]:
    """An export of one tenant that is ready, and one of another that is half written."""
    object.__setattr__(engines, "settings", engines.settings.model_copy(update={"export_part_creators": 40}))
    orders = []
    for number, name in enumerate(("acme", "bolt")):
        tenant = create_tenant(engines, name)
        orders.append(order_export(engines, tenant.tenant_id, ExportFormat.JSONL, asked_by="backend"))
        work_on_exports(engines, slices=3 if number else None)
    # what a killed process leaves
    folder = folder_of(engines.settings, orders[1].export_id)
    (folder / ".profiles-00004.jsonl.part").write_bytes((folder / "profiles-00001.jsonl").read_bytes())
    return orders[0], orders[1]


def versions(engines: Engines, *ids: CreatorId) -> list[int]:
    with engines.database.transaction() as connection:
        found = connection.execute(
            sa.select(creator.c.creator_id, creator.c.version).where(creator.c.creator_id.in_(ids))
        )
        by_id = {row.creator_id: row.version for row in found}
    return [by_id[each] for each in ids]


def count_creators(engines: Engines) -> int:
    with engines.database.transaction() as connection:
        return int(connection.scalar(sa.select(sa.func.count()).where(creator.c.retired_at.is_(None))) or 0)


def asked_over_the_api(engines: Engines, creator_id: CreatorId) -> int:
    """The status of a partner's look at the creator, which is counted and may be kept."""
    key = create_key(engines, create_tenant(engines, "onlooker").name, "backend").secret
    with TestClient(create_app(engines), base_url="http://localhost") as client:
        return client.get(f"/v1/creators/{creator_id}", headers={"authorization": f"Bearer {key}"}).status_code


def kept_by_a_tenant(engines: Engines, creator_id: CreatorId, profiles: list[Profile]) -> None:
    """A private record of the person that is matched to them, whose contact was read, and a collection with them in it."""
    tenant = create_tenant(engines, "agency")
    record = PrivateRecord(
        ref="crm-1",
        platform=profiles[0].platform,
        username=profiles[0].username,
        bio=profiles[0].bio,
        note=f"also known as {profiles[0].profile_id}",
        emails=("person@mail.example",),
        consent=True,
    )
    [kept] = keep_private(engines, tenant.tenant_id, [record], Matching(engines))
    assert isinstance(kept, Kept)
    assert kept.profile.match is not None
    caller = Caller.of_key(create_key(engines, tenant.name, "crm").key, tenant)
    assert contacts_in_full(engines, caller, [kept.profile.private_id], place="a test", request_id="1")
    made = make_collection(engines, tenant.tenant_id, "favourites")
    assert add_to_collection(engines, tenant.tenant_id, made.collection_id, [creator_id]).changed == 1


def said_about(engines: Engines, profiles: list[Profile]) -> None:
    """A decision, a comment and a refused record about the person, as stewards and feeds leave them."""
    left, right = sorted(each.profile_id for each in profiles)[:2]
    told = f"{profiles[0].display_name} of {profiles[0].username} told me"
    with engines.database.transaction() as connection:
        connection.execute(
            decision.insert().values(
                decision_id="01910000-0000-7000-8000-000000000001",
                left_id=left,
                right_id=right,
                verdict="same",
                actor="ann",
                comment=told,
            )
        )
        connection.execute(
            review_comment.insert().values(
                comment_id="01910000-0000-7000-8000-000000000002",
                left_id=left,
                right_id=right,
                author="ann",
                text=told,
            )
        )
        run = connection.scalar(sa.text("SELECT max(run_id) FROM ingest_run"))
        payload = json.dumps({"username": profiles[0].username, "id": profiles[0].profile_id})
        connection.execute(
            reject.insert().values(
                run_id=run, line=1, reason="wrong_type", detail="a number was expected", payload=payload
            )
        )
    folder = engines.settings.data_dir / "rejects"
    folder.mkdir(exist_ok=True)
    (folder / "feed-01234567.jsonl").write_text(json.dumps({"payload": payload}) + "\n" + '{"payload": "another"}\n')


OTHER = CreatorId("01910000-0000-7000-8000-00000000beef")


def told_to_a_subscriber(engines: Engines, creator_id: CreatorId, *, answer: str) -> None:
    """A webhook that was told of the creator and of another one, and of the creator alone, and has answered the first time."""
    owner, now = create_tenant(engines, "hooked").tenant_id, datetime.now(UTC) + timedelta(minutes=1)
    with engines.database.for_operator() as connection:
        connection.execute(
            webhook.insert().values(
                webhook_id="01910000-0000-7000-8000-000000000003",
                tenant_id=owner,
                url="https://hooks.example.com/",
                description="",
                events=list(WebhookEvent),
            )
        )
    with engines.database.transaction() as connection:
        announce(connection, "creator.updated", "creators", [creator_id, OTHER])
        announce(connection, "creator.split", "creators", [creator_id])
    relay(engines)
    with engines.database.for_operator() as connection:
        lease = "01910000-0000-7000-8000-000000000004"
        [lent] = claim(connection, lease=lease, now=now, until=now, most=1)
        due = next_message(connection, lent, now=now, until=now)
        assert due is not None
        record(connection, lent, due[0], Attempt(duration_ms=1, status=200, answer=answer), Verdict(), now)
