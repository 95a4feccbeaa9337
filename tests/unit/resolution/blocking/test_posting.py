"""Postings find the pairs that the rules of a whole run find, as far as nothing is split, and need no other profile for it."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pyarrow as pa
import pytest
from numpy.typing import NDArray

from creatorgraph.resolution.blocking import account, avatar, bio, name, script, shared
from creatorgraph.resolution.blocking.block import RulePairs
from creatorgraph.resolution.blocking.local import caps, local_pairs
from creatorgraph.resolution.blocking.posting import Postings, Rule, postings_of, shown_of
from creatorgraph.resolution.feature.population import Population, population_of
from creatorgraph.resolution.feature.reference import Reference
from creatorgraph.resolution.profile_table import ordered

Row = dict[str, object]
MakeTable = Callable[[Sequence[Mapping[str, object]]], pa.Table]
CAP = 200

OTHERS: list[Row] = [
    {"display_name": "महेश अग्रवाल", "username": "mahesh_a", "platform": "x"},
    {"display_name": "Agarwal Mahesh", "platform": "github", "emails": ["e1", "e2"], "avatar_hash": "f0e1d2c3b4a59687"},
    {"display_name": "Mohesh Agorwal", "platform": "website", "emails": ["e2"], "avatar_hash": "F0E1D2C3B4A59687"},
    {"display_name": "J. Roe", "username": "roe", "platform": "x", "accounts": ["github:janeroe", "x:roe"]},
    {"display_name": "Roe, Jane", "username": "janeroe", "platform": "github", "mentions": ["@roe", "someone"]},
    {"username": "jroe77", "platform": "tumblr", "bio": "the pottery of Jane Roe and of Ada Belcourt, in short", "phones": ["t"]},
    {"username": "jroe", "platform": "x", "phones": ["t"], "urls": ["https://janeroe.example/a"], "hosts": ["janeroe.example"]},
    {"username": "someone", "platform": "x", "urls": ["https://janeroe.example/b"], "hosts": ["janeroe.example"]},
    {"platform": "other"},
    # what the one writes is what a table makes of the other's name
    {"display_name": "राहुल व्यास", "platform": "x"},
    {"display_name": "Rahul Vyas", "platform": "x"},
]  # fmt: skip


@pytest.fixture(scope="module")
def table(make_table: MakeTable, people: list[Row]) -> pa.Table:
    rows = [{key: value for key, value in row.items() if key != "person"} for row in people]
    # a name, a word of it and an address that too many have
    crowd: list[Row] = [
        {"display_name": "Ada Belcourt", "platform": "x", "username": f"ada{n}", "emails": ["crowd"]} for n in range(14)
    ]
    crowd += [{"platform": "x", "username": f"fan{n:03}q", "emails": ["all"]} for n in range(CAP + 1)]
    more = [{"profile_id": f"q{n:04}", **row} for n, row in enumerate([*OTHERS, *crowd])]
    return ordered(make_table([*rows, *more]), None)[0]


@pytest.fixture(scope="module")
def population(table: pa.Table) -> Population:
    return population_of(table, None)


@pytest.fixture(scope="module")
def known(population: Population) -> Reference:
    return population.counts


@pytest.fixture(scope="module")
def postings(table: pa.Table, known: Reference) -> Postings:
    return postings_of(shown_of(table, known))


def of_rules(postings: Postings, *rules: Rule) -> Postings:
    return postings.where(np.isin(postings.rule, rules))


RULES: dict[tuple[Rule, ...], Callable[[Population], RulePairs]] = {
    (Rule.KEY,): lambda p: shared.equal_keys(p, CAP, ()),
    (Rule.NAME,): lambda p: name.shared_names(p, CAP, ()),
    (Rule.SCRIPT,): lambda p: script.names_across_scripts(p, CAP),
    (Rule.ADDRESS,): lambda p: shared.shared_addresses(p, CAP, ()),
    (Rule.EMAIL,): lambda p: shared.shared_emails(p, CAP, ()),
    (Rule.PHONE,): lambda p: shared.shared_phones(p, CAP, ()),
    (Rule.ACCOUNT, Rule.MENTION): lambda p: account.named_accounts(p, CAP),
    (Rule.AVATAR,): lambda p: avatar.like_avatars(p, CAP),
    (Rule.NAME_IN_BIO,): bio.names_in_bios,
}


@pytest.mark.parametrize("rules", RULES, ids=lambda rules: " and ".join(rule.name for rule in rules))
def test_the_pairs_are_those_of_the_rule(population: Population, postings: Postings, rules: tuple[Rule, ...]) -> None:
    whole = RULES[rules](population).codes
    assert len(whole)
    found = local_pairs(of_rules(postings, *rules), population.size, max_block_size=CAP)
    np.testing.assert_array_equal(found, whole)


def test_a_value_that_too_many_have_brings_nobody_together(postings: Postings, population: Population) -> None:
    begin = np.flatnonzero(np.diff(postings.key, prepend=postings.key[0] - 1))
    rule, count = postings.rule[begin], np.diff(begin, append=len(postings))
    crowded = {Rule(each) for each in rule[count > caps(CAP)[rule]]}
    assert crowded >= {Rule.EMAIL, Rule.NAME}
    assert len(local_pairs(of_rules(postings, Rule.EMAIL), population.size, max_block_size=CAP)) == 1 + 14 * 13 // 2


def test_who_else_is_there_changes_no_posting(table: pa.Table, known: Reference, postings: Postings) -> None:
    for rows in (np.arange(0, table.num_rows, 9), np.array([table.num_rows - 1]), np.arange(table.num_rows)[::-1]):
        alone = postings_of(shown_of(table.take(rows).combine_chunks(), known))
        assert entries(alone, rows) == entries(postings.where(np.isin(postings.row, rows)), np.arange(table.num_rows))


def entries(postings: Postings, rows: NDArray[np.int64]) -> set[tuple[int, ...]]:
    columns = (postings.key, rows[postings.row], postings.rule, postings.side)
    return set(zip(*(column.tolist() for column in columns), strict=True))


def test_the_postings_of_its_own_keys_are_all_that_a_profile_needs(postings: Postings, population: Population) -> None:
    whole = local_pairs(postings, population.size, max_block_size=CAP)
    for row in range(0, population.size, 5):
        own = postings.where(np.isin(postings.key, postings.key[postings.row == row]))
        found = local_pairs(own, population.size, max_block_size=CAP)
        about = [
            codes[(codes // population.size == row) | (codes % population.size == row)] for codes in (found, whole)
        ]
        np.testing.assert_array_equal(*about)


def test_nobody_has_no_postings(table: pa.Table, known: Reference) -> None:
    none = postings_of(shown_of(table.slice(0, 0), known))
    assert not len(none)
    assert not len(local_pairs(none, 0, max_block_size=CAP))
