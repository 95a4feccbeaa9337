"""Person records with the errors that clerks make, and which of them are one person."""

import random
from dataclasses import dataclass
from datetime import date, timedelta

_GIVEN = """
anna bernd carla david elena frank greta henrik ines jakob karin lukas maria niklas olga peter renata stefan theresa ulrich
vera walter xenia yusuf zoe adele bruno cecilia dario edith felix gustav hanna igor judith kasper lydia magnus nora otto
"""
_STEMS = (
    "ber kal mor sten vin hol lin dor fal gar har jen kor lam mar nor pet ros sal tor ulm var wen zim brun crel drev"
)
_ENDS = "mann sen berg ski ova dal feld stein ton ley ini ez aux hout vik strand"
_STREETS = "birch cedar harbour station mill church garden river north lake castle market bridge field school"
_TOWNS = "arden brook caster dunmore elwick farrow glenby holt ipsley jarrow kelso lorne"
GIVEN, STEMS, ENDS, STREETS, TOWNS = (words.split() for words in (_GIVEN, _STEMS, _ENDS, _STREETS, _TOWNS))
KINDS_OF_STREET = ("street", "road", "avenue", "lane", "square")
LETTERS = "abcdefghijklmnopqrstuvwxyz"

COLUMNS = {
    "given": "given_name",
    "family": "surname",
    "born": "date",
    "email": "email",
    "phone": "phone",
    "street": "address",
    "town": "category",
    "insurance_no": "code",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """`rows` as dictionaries with an `id`, in no order; `person` by id."""

    rows: list[dict[str, str]]
    person: dict[str, int]

    @property
    def true_pairs(self) -> set[tuple[str, str]]:
        ids = sorted(self.person)
        return {(a, b) for i, a in enumerate(ids) for b in ids[i + 1 :] if self.person[a] == self.person[b]}


def people(persons: int, seed: int, *, most_records: int = 4) -> People:
    """`persons` people with one to `most_records` records each; every field may be wrong or missing."""
    draw = random.Random(seed)
    rows: list[dict[str, str]] = []
    person: dict[str, int] = {}
    for number in range(persons):
        clean = _person(draw)
        for _ in range(draw.randint(1, most_records)):
            identity = f"r{draw.randrange(10**9):09}"
            if identity in person:
                continue
            person[identity] = number
            rows.append({"id": identity, **_copied(clean, draw)})
    draw.shuffle(rows)
    return People(rows=rows, person=person)


def _person(draw: random.Random) -> dict[str, str]:
    given, family = draw.choice(GIVEN), draw.choice(STEMS) + draw.choice(ENDS)
    born = date(1940, 1, 1) + timedelta(days=draw.randrange(25_000))
    return {
        "given": given,
        "family": family,
        "born": f"{born}",
        "email": f"{given}.{family}{draw.randrange(100)}@{draw.choice(TOWNS)}.example",
        "phone": f"0{draw.randrange(10**9, 10**10)}",
        "street": f"{draw.randrange(1, 200)} {draw.choice(STREETS)} {draw.choice(KINDS_OF_STREET)}",
        "town": draw.choice(TOWNS),
        "insurance_no": f"{draw.choice(LETTERS).upper()}{draw.randrange(10**7, 10**8)}",
    }


def _copied(clean: dict[str, str], draw: random.Random) -> dict[str, str]:
    row = {}
    for name, value in clean.items():
        chance = draw.random()
        row[name] = "" if chance < 0.12 else _slip(value, draw) if chance < 0.27 else value
    if draw.random() < 0.04:
        row["given"], row["family"] = row["family"], row["given"]
    if row["born"] and draw.random() < 0.03:
        year, month, day = row["born"].split("-")
        row["born"] = f"{year}-{day}-{month}"
    return row


def _slip(value: str, draw: random.Random) -> str:
    """One digit wrong where there are digits, else one letter wrong, lost, doubled or exchanged with the next."""
    digits = [at for at, sign in enumerate(value) if sign.isdigit()]
    if digits:
        at = draw.choice(digits)
        return value[:at] + str(draw.randrange(10)) + value[at + 1 :]
    at = draw.randrange(len(value) - 1)
    return draw.choice(
        (
            value[:at] + draw.choice(LETTERS) + value[at + 1 :],
            value[:at] + value[at + 1 :],
            value[:at] + value[at] + value[at:],
            value[:at] + value[at + 1] + value[at] + value[at + 2 :],
        )
    )
