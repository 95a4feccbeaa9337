"""What stands behind the names of many is no part of anybody's name."""

from collections.abc import Callable

import numpy as np
import pyarrow as pa

from creatorgraph.resolution.feature.aside import common_asides, known_asides
from creatorgraph.resolution.feature.name_table import NameTable, name_table
from creatorgraph.resolution.feature.population import Population
from creatorgraph.resolution.feature.reference import Counts

PEOPLE = ["Jane Roe", "Ali Haddad", "Priya Sharma", "Ana Cruz", "Ivan Volkov", "Wei Chen"]


def texts(names: list[str]) -> pa.StringArray:
    return pa.array(names, pa.string())


def common(names: list[str]) -> frozenset[str]:
    shown = texts(list(dict.fromkeys(names)))
    return known_asides(shown, common_asides(shown))


def named(table: NameTable, row: int) -> list[str]:
    names: list[str] = table.texts.take(pa.array(table.entries.take(np.array([row]))[0].values)).to_pylist()
    return names


def behind(aside: str, people: list[str]) -> list[str]:
    return [f"{name} | {aside}" for name in people]


def test_what_five_names_stand_before_is_common() -> None:
    assert common(behind("Personal Finance", PEOPLE[:5])) == {"personal finance"}
    assert common([f"{name} (she/her)" for name in PEOPLE]) == {"she her"}


def test_what_fewer_names_stand_before_is_not() -> None:
    assert common(behind("Fitness", PEOPLE[:4])) == frozenset()
    # spellings of one name, and names of one word, which handles are
    assert (
        common(behind("Fitness", ["Jane Roe", "jane roe", "JANE ROE", "Jane  Roe", "Jané Roe", "Jane Roe!"]))
        == frozenset()
    )
    assert common(behind("Jane Roe", ["Oslo", "Acme", "Fitness", "Music", "Cats"])) == frozenset()


def test_what_more_are_called_is_a_name() -> None:
    shown = behind("Ana Cruz", [f"Big {word} Show" for word in ("Cat", "Dog", "Fish", "Bird", "Frog")])
    assert common(shown) == {"ana cruz"}
    assert common([*shown, *("Ana Cruz", "ANA CRUZ", "Ana Crüz", "ana cruz", "Ana  Cruz")]) == frozenset()


def test_family_names_before_a_comma_are_no_heads() -> None:
    assert common([f"{name}, Maria" for name in PEOPLE]) == frozenset()


def test_names_are_without_what_is_common() -> None:
    table = name_table(texts([*behind("Fitness", PEOPLE), "Jane Roe | Acme"]))
    assert named(table, 1) == ["ali haddad"]
    assert sorted(named(table, 6)) == ["acme", "jane roe", "jane roe acme"]


def test_a_model_keeps_what_was_common(make_population: Callable[..., Population]) -> None:
    shown = behind("Fitness", PEOPLE)
    known = make_population([{"profile_id": f"{i}", "display_name": name} for i, name in enumerate(shown)]).counts
    assert named(name_table(texts(["Ole Berg | Fitness"]), known), 0) == ["ole berg"]
    assert len(named(name_table(texts(["Ole Berg | Fitness"])), 0)) == 3


def test_without_names() -> None:
    assert len(common_asides(texts([])).hashes) == 0
    assert known_asides(texts([]), Counts()) == frozenset()
