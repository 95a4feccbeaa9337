"""Records with nothing but names left."""

from random import Random

from creatorgraph.ingest.record import FIELDS
from creatorgraph.synth.people.names_only import names_only
from creatorgraph.synth.people.style import NameStyle, WordOrder

RECORD = {
    "profile_id": "p1",
    "platform": "x",
    "username": "janeroe",
    "display_name": "Jane Roe",
    "bio": "Jane Roe writes. More at https://roe.example/me, jane@roe.example or @janeroe on roe.dev",
    "website": "https://roe.example",
    "links": ["https://x.com/janeroe"],
    "email": "jane@roe.example",
    "company": "Acme",
}


def test_nothing_that_names_an_account_is_left() -> None:
    made = names_only(RECORD, Random(1), NameStyle(order=WordOrder.FAMILY_COMMA))
    assert made["display_name"] == "Roe, Jane"
    assert made["platform"] == "website"
    assert made["company"] == "Acme"
    assert made["profile_id"] == "p1"
    assert not {"username", "website", "links", "email"} & set(made)
    for trace in ("janeroe", "roe.example", "roe.dev", "http", "@"):
        assert trace not in str(made["bio"])
    assert set(made) <= set(FIELDS)
    assert RECORD["username"] == "janeroe"


def test_records_of_one_list_are_written_alike() -> None:
    others = [RECORD | {"display_name": f"{given} Roe"} for given in ("Ada", "Bo", "Cy")]
    orders = {str(names_only(record, Random("1 some list"))["display_name"]).index("Roe") == 0 for record in others}
    assert len(orders) == 1


def test_what_is_no_name_stays() -> None:
    assert names_only({"display_name": "The Daily Show!"}, Random(1)) == {
        "display_name": "The Daily Show!",
        "platform": "website",
    }
    assert "display_name" not in names_only({"bio": "@only"}, Random(1))
    assert names_only({"bio": "@only"}, Random(1))["bio"] is None
