import pyarrow as pa

from creatorgraph.resolution.feature.column import Entries, entries_of
from creatorgraph.resolution.feature.key import KeyKind, KeyTable, key_sources, key_table
from creatorgraph.resolution.feature.name_table import name_table


def table_of(handles: list[str | None], names: list[str | None], web: list[list[str]] | None = None) -> KeyTable:
    shown = name_table(pa.array(names, pa.string()))
    words: Entries = entries_of(pa.array(web or [[] for _ in names], pa.list_(pa.string())))
    return key_table(key_sources(pa.array(handles, pa.string()), shown, words), shown)


def keys_of(table: KeyTable, row: int) -> dict[str, KeyKind]:
    begin, end = table.entries.starts[row], table.entries.starts[row + 1]
    kinds = table.kinds[begin:end]
    texts = table.texts.to_pylist()
    return {texts[v]: KeyKind(k) for v, k in zip(table.entries.values[begin:end], kinds, strict=True)}


def test_keys_of_every_column() -> None:
    table = table_of(["janeroe42", "jroe"], ["Jane Roe", None], [["roestudio"], []])
    assert keys_of(table, 0) == {
        "janeroe42": KeyKind.USERNAME,
        "janeroe": KeyKind.NAME,
        "roestudio": KeyKind.WEB,
        "jroe": KeyKind.PATTERN,
    }
    assert keys_of(table, 1) == {"jroe": KeyKind.USERNAME}


def test_the_plainer_source_wins() -> None:
    table = table_of(["janeroe", "janeroe42"], ["Jane Roe", None], [["janeroe"], ["janeroe"]])
    assert keys_of(table, 0) == {"janeroe": KeyKind.USERNAME}
    assert keys_of(table, 1) == {"janeroe42": KeyKind.USERNAME, "janeroe": KeyKind.WEB}


def test_a_guess_that_nobody_shows_is_no_key() -> None:
    alone = table_of([None], ["Jane Roe"])
    assert keys_of(alone, 0) == {"janeroe": KeyKind.NAME}
    met = table_of([None, "roejane"], ["Jane Roe", None])
    assert keys_of(met, 0) == {"janeroe": KeyKind.NAME, "roejane": KeyKind.PATTERN}


def test_short_forms_and_parts_are_guessed() -> None:
    table = table_of(["bobroemer", "roemer", "robert"], ["Robert Roemer", None, None])
    guessed = {"bobroemer": KeyKind.PATTERN, "roemer": KeyKind.PART, "robert": KeyKind.PART}
    handles = {"bobroemer": KeyKind.USERNAME}
    assert keys_of(table, 0) == {**guessed, **handles, "robertroemer": KeyKind.NAME}


def test_single_latin_names_must_have_some_length() -> None:
    table = table_of([None, None], ["Ann", "王伟华"])
    assert keys_of(table, 0) == {}
    assert "王伟华" in keys_of(table, 1)
    assert dict(zip(table.texts.to_pylist(), table.wide, strict=True)) == {"王伟华": True, "wangweihua": False}


def test_numbers_ascend_with_the_texts() -> None:
    table = table_of(["zed", "abe", "mia"], [None, None, None])
    assert table.texts.to_pylist() == ["abe", "mia", "zed"]


def test_nobody_has_a_key() -> None:
    table = table_of([None], [None])
    assert (len(table.texts), table.entries.rows, len(table.kinds)) == (0, 1, 0)
