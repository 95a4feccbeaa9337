"""Figures of creators by words and by profiles, from search documents that are written here."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from creatorgraph.domain.creator import CreatorId
from creatorgraph.domain.profile import ProfileId
from creatorgraph.store.database import Database
from creatorgraph.store.read.creator import CreatorFilter
from creatorgraph.store.read.profile import members_of_creators
from creatorgraph.store.read.rank_fact import RankFacts, facts_by_profiles, facts_by_words, telling
from creatorgraph.store.read.search import Term, profiles_within, term_counts
from creatorgraph.store.table import creator, search_document

RARE, SOME, COMMON = (
    Term(query=f"'{word}'", worth=worth, documents=documents)
    for word, worth, documents in (("kiln", 6.0, 8), ("clay", 3.0, 20), ("handmade", 0.4, 40))
)


def words(number: int) -> str:
    """Every creator has the common word, every second the next, every fifth the rare one; the last ten name a place."""
    found = ["'handmade':1C"]
    found += ["'clay':2B,3C"] if number % 2 == 0 else []
    found += ["'kiln':4C" if number % 10 else "'kiln':4C,5D"] if number % 5 == 0 else []
    found += ["'ghent':6D"] if number >= 30 else []
    return " ".join(found)


@pytest.fixture
def documents(world: Database, creators: tuple[CreatorId, ...]) -> Iterator[sa.Connection]:
    with world.engine.connect() as connection:
        connection.execute(sa.delete(search_document))
        rows = [{"id": each, "words": words(number)} for number, each in enumerate(creators[:40])]
        connection.execute(sa.text("INSERT INTO search_document (creator_id, words) VALUES (:id, :words)"), rows)
        yield connection
        connection.rollback()


def whole(connection: sa.Connection, terms: list[Term], limit: int) -> list[tuple[CreatorId, float]]:
    """What no word is left out for: a term that nobody knows the number of is always looked for."""
    unknown = [Term(query=each.query, worth=each.worth) for each in terms]
    return [(each.creator_id, each.text) for each in facts_by_words(connection, unknown, every=False, limit=limit)]


@pytest.mark.parametrize("limit", [1, 3, 8, 9, 20, 30, 60])
def test_words_that_tell_least_are_left_out_and_nobody_is_lost(documents: sa.Connection, limit: int) -> None:
    terms = [COMMON, RARE, SOME]
    found = facts_by_words(documents, terms, every=False, limit=limit)
    assert [(each.creator_id, each.text) for each in found] == whole(documents, terms, limit)
    assert len(found) == min(limit, 40)


def test_whom_a_filter_leaves_out_does_not_count_among_the_best(documents: sa.Connection) -> None:
    everybody = facts_by_words(documents, [RARE, SOME, COMMON], every=False, limit=40)
    best = [each.creator_id for each in everybody[:12]]
    documents.execute(sa.update(creator).values(verified=sa.not_(creator.c.creator_id.in_(best))))
    # eight have the rare word, all of them among the best, so that it alone finds nobody
    found = facts_by_words(documents, [RARE, SOME, COMMON], CreatorFilter(verified=True), every=False, limit=8)
    assert [each.creator_id for each in found] == [each.creator_id for each in everybody[12:20]]


def test_only_what_cannot_count_is_left_out() -> None:
    assert telling([COMMON, RARE, SOME], 8) == [RARE, SOME]
    assert telling([COMMON, RARE, SOME], 9) == [RARE, SOME]
    assert telling([COMMON, RARE, SOME], 21) == [COMMON, RARE, SOME]
    assert telling([COMMON, RARE, Term(query="'a'", worth=1.0, documents=30)], 8) == [RARE]


def test_by_profiles_they_have_the_same_shares_and_name_the_same_places(
    documents: sa.Connection, creators: tuple[CreatorId, ...]
) -> None:
    ghent = Term(query="'ghent'", worth=1.0, place=True)
    terms, places = [RARE, SOME], [ghent, RARE]
    by_words = {
        each.creator_id: each for each in facts_by_words(documents, terms, places=places, every=False, limit=40)
    }
    members = members_of_creators(documents, creators[:40])
    profiles = [each for some in members for each in some]
    by_profiles = facts_by_profiles(documents, profiles, terms=terms, places=places)
    assert [each.creator_id for each in by_profiles] == sorted(creators[:40])

    def figures(facts: RankFacts) -> RankFacts:
        return facts._replace(profiles=sorted(facts.profiles))

    for each in by_profiles:
        found = by_words.get(each.creator_id)
        assert (
            (each.text, each.named) == (0.0, 0.5 * (each.creator_id in creators[30:40]))
            if found is None
            else (figures(found) == figures(each))
        )
    # a bio that has it names it too
    assert {each.named for each in by_profiles} == {0.0, 0.5, 1.0}
    assert facts_by_profiles(documents, []) == []


def test_who_is_of_a_place_and_retired_has_no_figures(
    documents: sa.Connection, creators: tuple[CreatorId, ...]
) -> None:
    ghent = Term(query="'ghent'", worth=1.0, place=True)
    gone = creators[30]
    documents.execute(sa.update(creator).where(creator.c.creator_id == gone).values(retired_at=sa.func.now()))
    there: list[ProfileId] = profiles_within(documents, CreatorFilter(), places=[ghent], limit=100)
    assert {each.creator_id for each in facts_by_profiles(documents, there)} == set(creators[31:40])


def test_terms_are_counted(documents: sa.Connection) -> None:
    counts, _ = term_counts(documents, [RARE.query, SOME.query, "'nobody'", "'ghent'"], common=1.0)
    assert {query: each.documents for query, each in counts.items()} == {
        "'kiln'": 8, "'clay'": 20, "'nobody'": 0, "'ghent'": 10
    }  # fmt: skip
    assert counts["'ghent'"].located == 1.0
    assert counts["'kiln'"].located == 0.5
    assert term_counts(documents, [], common=1.0) == ({}, 0)
