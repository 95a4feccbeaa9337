"""Registered documents: known by hash and by what they ask, however it is written."""

from pathlib import Path

import orjson
import pytest

from creatorgraph.domain.error import DamagedError
from creatorgraph.graphql.document import Documents, UnknownDocumentError, listed, meaning, read_documents
from creatorgraph.graphql.remembered import UnknownHashError

OWN = "query Q($id: ID!) { creator(id: $id) { ...part } }\n\nfragment part on Creator { id name { value } }"


@pytest.mark.parametrize(
    "text",
    [
        "fragment part on Creator{id name{value}} query Q($id:ID!){creator(id:$id){...part}}",
        "query Q($id: ID!) { __typename creator(id: $id) { __typename ...part } }"
        " fragment part on Creator { id __typename name { value __typename } }",
    ],
)
def test_layout_order_and_typenames_do_not_matter(text: str) -> None:
    assert meaning(text, 0) == meaning(OWN, 0)
    Documents(listed([OWN]), alone=True).check(text, most=1000)


@pytest.mark.parametrize(
    "text",
    [
        OWN.replace("id name", "id members name"),
        OWN.replace("creator(id: $id)", 'creator(id: "x")'),
        OWN.replace("...part", "t: __typename ...part"),
        OWN + " query Other { stats { profiles } }",
        "{ broken",
        "{ " * 5_000,
        "",
        OWN + " " * 70_000,
    ],
    ids=["another field", "another argument", "an alias", "one more", "broken", "deep", "empty", "too long"],
)
def test_whatever_asks_anything_else_is_another(text: str) -> None:
    with pytest.raises(UnknownDocumentError):
        Documents(listed([OWN]), alone=True).check(text, most=1000)
    Documents(listed([OWN])).check(text, most=1000)


def test_a_hash_stands_for_its_text() -> None:
    registered = listed([OWN])
    [digest] = registered
    assert Documents(registered).text(digest) == OWN
    with pytest.raises(UnknownDocumentError):
        Documents(registered, alone=True).text("0" * 64)
    # what clients of automatic persisted queries look for
    with pytest.raises(UnknownHashError, match=r"^PersistedQueryNotFound$"):
        Documents(registered).text("0" * 64)


def test_a_server_of_registered_documents_alone_remembers_no_other() -> None:
    [digest] = listed(["{ viewer { id } }"])
    for alone in (False, True):
        documents = Documents(listed([OWN]), alone=alone)
        documents.keep(digest, "{ viewer { id } }")
        assert len(documents.remembered) == (not alone)


def test_the_list_of_a_build_is_checked(tmp_path: Path) -> None:
    file = tmp_path / "documents.json"
    assert read_documents(file, alone=True).by_hash == {}
    file.write_bytes(orjson.dumps(listed([OWN])))
    assert read_documents(file, alone=False).by_hash == listed([OWN])
    for damaged in (b"{", b"[]", orjson.dumps({"0" * 64: OWN})):
        file.write_bytes(damaged)
        with pytest.raises(DamagedError, match="make console"):
            read_documents(file, alone=False)
