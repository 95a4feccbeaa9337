"""Employers: few large ones and many small, each written in several ways."""

from dataclasses import dataclass
from random import Random

_FIRST = (
    "Arden", "Baltic", "Cedar", "Delta", "Ember", "Fjord", "Granite", "Helio", "Indigo", "Juno", "Kestrel", "Lumen", "Meridian",
    "Nimbus", "Onyx", "Polar", "Quartz", "Rivet", "Solstice", "Tundra", "Umbra", "Vertex", "Willow", "Xenon", "Yarrow", "Zenith",
    "Acorn", "Beacon", "Cobalt", "Drift", "Echo", "Falcon", "Garnet", "Harbor", "Iris", "Jasper", "Kite",
    "Lark", "Marble", "North",
)  # fmt: skip
_SECOND = (
    "Analytics", "Bank", "Capital", "Clinic", "Consulting", "Data", "Design", "Dynamics", "Energy", "Foods", "Games", "Health",
    "Institute", "Labs", "Logistics", "Media", "Motors", "Networks", "Partners", "Press", "Records", "Robotics", "Software",
    "Sports", "Studios", "Systems", "Travel", "University", "Works", "Foundation",
)  # fmt: skip
_FORMS = ("Inc.", "GmbH", "Ltd", "LLC", "S.A.", "Group", "B.V.", "AG")
PEOPLE_PER_EMPLOYER = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Employer:
    name: str
    form: str
    host: str

    def written(self, rng: Random) -> str:
        """As one entry gives it: bare, with its legal form, in capitals, or the first word alone."""
        roll = rng.random()
        if roll < 0.15:
            return f"{self.name} {self.form}"
        if roll < 0.2:
            return self.name.upper()
        return self.name.split()[0] if roll < 0.26 else self.name


def employer(seed: int, number: int) -> Employer:
    """Employer `number` of the world `seed`, made anew on each call."""
    rng = Random(f"{seed} employer {number}")  # noqa: S311 - a simulation
    name = f"{rng.choice(_FIRST)}{rng.choice(('', '', '', '', ' ' + rng.choice(_FIRST)))} {rng.choice(_SECOND)}"
    return Employer(name=name, form=rng.choice(_FORMS), host=f"{name.replace(' ', '').lower()}{number}-synth.com")
