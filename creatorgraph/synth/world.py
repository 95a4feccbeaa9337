"""A synthetic world: creators, their fans, impostors and agencies, streamed with the truth kept apart."""

from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate
from pathlib import Path
from random import Random

import orjson

from creatorgraph.domain.error import InvalidInputError
from creatorgraph.domain.progress import Progress, Silent
from creatorgraph.synth.account import Account
from creatorgraph.synth.crowd import Crowd, Star
from creatorgraph.synth.culture import CULTURES, Culture
from creatorgraph.synth.handle import TakenHandles
from creatorgraph.synth.hub import PROFILES_PER_AGENCY, Agency, agency, agency_profiles
from creatorgraph.synth.niche import NICHES
from creatorgraph.synth.order import mixed
from creatorgraph.synth.people.world import PeopleEntry, PeopleWorld
from creatorgraph.synth.person import STAR_FROM, Person, accounts_of, draw_person, profiles_of
from creatorgraph.synth.record import EntityKind, Record, SynthRecord
from creatorgraph.synth.shadow import fan_page, impostor, squatter

# Share of creators with 1, 2, ... 6 profiles: 56 % of profiles belong to somebody with several.
SIZES = tuple(accumulate((0.70, 0.15, 0.07, 0.045, 0.02, 0.015)))
FAN_SHARE, IMPOSTOR_SHARE, AGENCY_SHARE = 0.025, 0.012, 0.002
REPRESENTED = 0.06
TAKEN_OVER = 0.3
"""Share of the account names that people give up which a stranger takes."""
CHUNK = 5_000


class WorldKind(StrEnum):
    """What a world is made of: accounts of creators, or entries of lists that name people without any account."""

    CREATORS = "creators"
    PEOPLE = "people"


@dataclass(frozen=True, slots=True, kw_only=True)
class WorldFiles:
    """What `write_world` left: `profiles` (JSONL), `truth` (CSV: profile_id, entity_id and the kind of entity, or for people
    the list that the entry stands on) and their counts."""

    profiles: Path
    truth: Path
    profile_count: int
    entity_count: int


@dataclass(frozen=True, slots=True)
class World:
    """A world of `size` profiles; the same size and seed give the same records in the same order."""

    size: int
    seed: int

    def __post_init__(self) -> None:
        if self.size < 0:
            raise InvalidInputError(f"{self.size} profiles", where="size", mend="Give 0 or more.")

    @property
    def agencies(self) -> int:
        return max(3, self.size // PROFILES_PER_AGENCY)

    def records(self) -> Iterator[SynthRecord]:
        """Exactly `size` records. Memory: the shuffle buffer, the crowd, and two bytes per profile for taken handles."""
        rng = Random(f"{self.seed} order")  # noqa: S311 - a simulation
        for number, made in enumerate(mixed(self._ordered(), rng)):
            made.record["profile_id"] = f"s{number:08d}"
            yield made

    def _ordered(self) -> Iterator[SynthRecord]:
        rng = Random(f"{self.seed} world")  # noqa: S311 - a simulation
        taken, crowd = TakenHandles(self.size), Crowd()
        made, entity = 0, 0
        # every agency has accounts of its own once
        agencies = iter(range(self.agencies))
        while made < self.size:
            for kind, records in self._entities(rng, taken, crowd, agencies):
                entity += made < self.size
                for record in records[: self.size - made]:
                    made += 1
                    yield SynthRecord(record, f"e{entity:08d}", kind)

    def _entities(
        self, rng: Random, taken: TakenHandles, crowd: Crowd, agencies: Iterator[int]
    ) -> Iterator[tuple[EntityKind, list[Record]]]:
        """The next entity, and the squatter on a name that it gave up."""
        roll = rng.random()
        if roll < AGENCY_SHARE:
            number = next(agencies, None)
            if number is not None:
                yield EntityKind.AGENCY, agency_profiles(rng, agency(self.seed, number), taken)
                return
        if roll < AGENCY_SHARE + FAN_SHARE + IMPOSTOR_SHARE:
            star = crowd.pick(rng, rng.choice(NICHES))
            if star and roll < AGENCY_SHARE + FAN_SHARE:
                yield EntityKind.FAN, [fan_page(rng, star, taken)]
                return
            if star:
                yield EntityKind.IMPOSTOR, [impostor(rng, star, taken)]
                return
        person = draw_person(rng, _culture(rng), self._agency(rng) if rng.random() < REPRESENTED else None)
        yield EntityKind.CREATOR, self._creator(rng, person, taken, crowd)
        if person.released and rng.random() < TAKEN_OVER:
            yield EntityKind.SQUATTER, [squatter(rng, person.released, _culture(rng))]

    def _agency(self, rng: Random) -> Agency:
        # the square makes a few large agencies and many small ones
        return agency(self.seed, int(rng.random() ** 2 * self.agencies))

    def _creator(self, rng: Random, person: Person, taken: TakenHandles, crowd: Crowd) -> list[Record]:
        accounts = accounts_of(rng, person, taken, 1 + bisect(SIZES, rng.random(), 0, len(SIZES) - 1))
        records = profiles_of(rng, person, accounts, taken, crowd)
        if person.audience > STAR_FROM and not accounts[0].is_channel:
            shown = person.stage or person.name.latin
            crowd.add(
                rng, person.facts.niche, Star(Account(accounts[0].platform, accounts[0].username), person.name, shown)
            )
        return records


_CULTURE_BOUNDS = tuple(accumulate(culture.share for culture in CULTURES))


def _culture(rng: Random) -> Culture:
    return CULTURES[bisect(_CULTURE_BOUNDS, rng.random() * _CULTURE_BOUNDS[-1], 0, len(CULTURES) - 1)]


def generate(profiles: int, seed: int) -> Iterator[SynthRecord]:
    """A stream of `profiles` records of the world `seed`."""
    return World(profiles, seed).records()


def write_world(
    folder: Path, profiles: int, seed: int, progress: Progress = Silent(), *, kind: WorldKind = WorldKind.CREATORS
) -> WorldFiles:
    """Write `profiles.jsonl` and `truth.csv` into `folder` (made if missing). Same arguments, same bytes; a file
    appears only when it is whole."""
    folder.mkdir(parents=True, exist_ok=True)
    files = folder / "profiles.jsonl", folder / "truth.csv"
    partial = [file.with_name(f"{file.name}.partial") for file in files]
    progress.stage("synthetic world", profiles)
    entities = 0
    with partial[0].open("wb") as records, partial[1].open("w", encoding="utf-8", newline="\n") as truth:
        truth.write(f"profile_id,entity_id,{'list' if kind is WorldKind.PEOPLE else 'kind'}\n")
        waiting = 0
        stream: Iterator[SynthRecord | PeopleEntry]
        stream = PeopleWorld(profiles, seed).records() if kind is WorldKind.PEOPLE else generate(profiles, seed)
        for made in stream:
            records.write(orjson.dumps(made.record, option=orjson.OPT_APPEND_NEWLINE))
            label = made.source if isinstance(made, PeopleEntry) else made.kind
            truth.write(f"{made.record['profile_id']},{made.entity_id},{label}\n")
            # entities are numbered from 1 without gaps
            entities = max(entities, int(made.entity_id[1:]))
            waiting += 1
            if waiting == CHUNK:
                progress.advance(waiting)
                waiting = 0
        progress.advance(waiting)
    for unfinished, file in zip(partial, files, strict=True):
        unfinished.replace(file)
    return WorldFiles(profiles=files[0], truth=files[1], profile_count=profiles, entity_count=entities)
