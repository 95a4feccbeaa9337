from pathlib import Path

from creatorgraph.ingest.record import FIELDS

GUIDE = Path(__file__).parents[3] / "docs" / "guides" / "partner.md"


def test_the_partners_guide_names_every_field() -> None:
    table = GUIDE.read_text(encoding="utf-8").partition("| field |")[2]
    assert {name for name in FIELDS if f"`{name}`" not in table} == set()
