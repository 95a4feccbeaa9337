"""Which texts name somebody."""

import json

import pytest

from creatorgraph.services.mention import mentioning

NAMES = ["Anna Meyer", "Özlem Yılmaz", "Ольга Иванова", "山田", "Straße 9", 'Zoë "Zo" O\\X', "🦄🦄", "yt:Ab_9"]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_found_however_it_is_written(name: str) -> None:
    named = mentioning([name])
    for written in (name, name.upper(), name.lower()):
        for depth in range(4):
            for escaped in (True, False):
                text = written
                for _ in range(depth):
                    text = json.dumps({"display_name": text}, ensure_ascii=escaped)
                assert named(text), text
    # as CSV has it
    assert named(name.replace('"', '""'))
    # capitals in the hexadecimal digits, and a slash that PHP has escaped
    assert mentioning(["https://a.example/Ö"])('{"url": "https:\\/\\/a.example\\/\\u00D6"}')


def test_others_are_not_named() -> None:
    named = mentioning(NAMES)
    assert not any(
        map(named, ["", "Anna Mayer", "Özge Yıldız", "Ольга", "山", "🦄 🦄", '{"a": "\\u00d6zle"}', "\\u00"])
    )


def test_what_is_too_short_tells_nothing() -> None:
    assert not mentioning(["Ann", "Ян", "山", ""])("Ann Ян 山")
