import pytest
from hypothesis import given
from hypothesis import strategies as st

from creatorgraph.domain.identifier import Identifier, IdentifierKind
from creatorgraph.domain.platform import Platform
from creatorgraph.domain.profile import Profile, ProfileId
from creatorgraph.resolution.evaluation.relation import (
    bio_relation,
    host_relation,
    language_relation,
    name_relation,
    platform_pair,
    platform_relation,
    username_relation,
)


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [
        ("Jane Roe", "jane  ROE", "same"),
        ("Jane Roe", "ROE Jane", "same"),
        ("José Núñez", "Jose Nunez", "same"),
        ("Dr. Jane Roe | Acme", "Jane Roe", "same"),
        ("Jane Roe", "J. Roe", "partial"),
        ("Jane Roe", "Jane Marie Roe", "partial"),
        ("Robert Roe", "Bob Roe", "partial"),
        ("Jane Roebuck", "Jane Roebuk", "partial"),
        ("Jane Roe", "Jane", "partial"),
        ("Jane Roe", "Jane Doe", "different"),
        ("Jane Roe", "J. R.", "different"),
        ("Ann Acker | Acme", "Bea Berg | Acme", "different"),
        ("Иван Петров", "Ivan Petrov", "cross_script"),
        ("山田太郎", "Taro Yamada", "cross_script"),
        ("やまだ", "山田", "different"),
        ("Jane", None, "missing"),
        ("🎉", "Jane", "missing"),
    ],
)
def test_names(one: str | None, other: str | None, relation: str) -> None:
    assert name_relation(one, other) == relation
    assert name_relation(other, one) == relation


@given(name=st.text(max_size=30), other=st.text(max_size=30))
def test_any_two_texts_relate_the_same_both_ways(name: str, other: str) -> None:
    assert name_relation(name, other) == name_relation(other, name)
    assert name_relation(name, name) in ("same", "missing")
    assert bio_relation(name, other) == bio_relation(other, name)


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [
        ("I bake bread.", "i bake BREAD", "same"),
        ("I bake good bread", "I bake bread daily", "alike"),
        ("I bake bread", "Songs about trains", "different"),
        ("I bake bread", " ", "missing"),
    ],
)
def test_bios(one: str, other: str, relation: str) -> None:
    assert bio_relation(one, other) == relation


def profile(platform: Platform, username: str | None = None, host: str | None = None, **more: str) -> Profile:
    identifiers = (Identifier(kind=IdentifierKind.HOST, value=host, shown=host, field="website"),) if host else ()
    return Profile(
        profile_id=ProfileId(f"{platform}{username}"),
        platform=platform,
        username=username,
        identifiers=identifiers,
        language=more.get("language"),
    )


def test_fields() -> None:
    one = profile(Platform.X, "Jane_Roe", "roe.example", language="de")
    other = profile(Platform.GITHUB, "janeroe", "roe.example", language="DE")
    bare = profile(Platform.X)
    assert (host_relation(one, other), host_relation(one, bare)) == ("same", "missing")
    assert host_relation(one, profile(Platform.X, host="acme.example")) == "different"
    assert (username_relation(one, other), username_relation(one, bare)) == ("same", "missing")
    assert username_relation(one, profile(Platform.X, "roejane")) == "different"
    assert (platform_relation(one, other), platform_relation(one, bare)) == ("across platforms", "one platform")
    assert platform_pair(one, other) == platform_pair(other, one) == "github + x"
    assert (language_relation(one, other), language_relation(one, bare)) == ("de", "missing")
    assert language_relation(one, profile(Platform.X, language="fr")) == "mixed"
