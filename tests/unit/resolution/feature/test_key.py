from creatorgraph.resolution.feature.key import KeyKind, key_table, keys_of


def test_keys_of_every_column() -> None:
    keys = keys_of("janeroe42", [("jane", "roe")], ["roestudio"])
    assert keys["janeroe42"] is KeyKind.USERNAME
    assert keys["janeroe"] is KeyKind.NAME
    assert keys["roestudio"] is KeyKind.WEB
    assert keys["jroe"] is KeyKind.PATTERN


def test_the_plainer_source_wins() -> None:
    keys = keys_of("janeroe", [("jane", "roe")], ["janeroe"])
    assert keys["janeroe"] is KeyKind.USERNAME


def test_single_latin_names_must_have_some_length() -> None:
    assert keys_of(None, [("ann",)], []) == {}
    assert "王伟华" in keys_of(None, [("王伟华",)], [])


def test_the_table_keeps_kinds_beside_their_entries() -> None:
    rows = [keys_of("zed_roe", [], []), keys_of(None, [("zed", "roe")], []), {}]
    table = key_table(rows)
    for row, keys in enumerate(rows):
        begin, end = table.entries.starts[row], table.entries.starts[row + 1]
        kinds = table.kinds[begin:end]
        found = {table.texts[v]: KeyKind(k) for v, k in zip(table.entries.values[begin:end], kinds, strict=True)}
        assert found == keys
    assert table.shown[table.texts.index("zedroe")]
    assert not table.shown[table.texts.index("roezed")]
