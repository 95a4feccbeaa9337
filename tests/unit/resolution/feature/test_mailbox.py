from collections.abc import Callable

import numpy as np

from creatorgraph.resolution.feature.population import Population

MakePopulation = Callable[..., Population]


def test_usernames_and_mailbox_names_have_one_numbering(make_population: MakePopulation) -> None:
    rows = [
        {"profile_id": "a", "username": "janeroe", "username_local": "hj"},
        {"profile_id": "b", "email_locals": ["hj", "hx"]},
        {"profile_id": "c", "username": "nobody", "username_local": "hn"},
    ]
    table = make_population(rows).mailboxes
    assert table.own.tolist() == [0, -1, -1]
    assert table.named.tolist() == [True, False, True]
    assert table.names.degree.tolist() == [0, 2, 0]
    assert table.bits[0] > 0
    assert np.isnan(table.bits[1])


def test_the_commonest_spelling_that_is_folded_to_a_mailbox_name_counts(make_population: MakePopulation) -> None:
    crowd = [{"profile_id": f"z{i:03}", "username": f"jane{i}", "display_name": "Jane Doe"} for i in range(60)]
    rows = [
        {"profile_id": "a", "username": "janedoe", "username_local": "h"},
        {"profile_id": "b", "username": "qzxwvk", "username_local": "h"},
        {"profile_id": "c", "email_locals": ["h"]},
    ]
    population = make_population([*rows, *crowd])
    keys = [population.keys.texts.to_pylist().index(name) for name in ("janedoe", "qzxwvk")]
    common, rare = population.rarity.key_bits[keys]
    assert common < rare
    assert population.mailboxes.bits.tolist() == [common]
