"""The well-known of a world: a bounded sample that others mention, admire and imitate."""

from dataclasses import dataclass
from random import Random

from creatorgraph.synth.account import Account
from creatorgraph.synth.culture import PersonName
from creatorgraph.synth.niche import Niche

SIZE = 512
"""Well-known people kept per niche."""


@dataclass(frozen=True, slots=True)
class Star:
    account: Account
    name: PersonName
    shown: str


class Crowd:
    """Per niche the people worth mentioning; when full, newcomers replace somebody at random."""

    def __init__(self) -> None:
        self._stars: dict[str, list[Star]] = {}

    def add(self, rng: Random, niche: Niche, star: Star) -> None:
        stars = self._stars.setdefault(niche.category, [])
        if len(stars) < SIZE:
            stars.append(star)
        else:
            stars[int(rng.random() * SIZE)] = star

    def pick(self, rng: Random, niche: Niche) -> Star | None:
        """Somebody of the niche, early comers more often, so that fame stays skewed."""
        stars = self._stars.get(niche.category)
        return stars[int(rng.random() ** 2 * len(stars))] if stars else None
