"""What a caller may set for a run of the resolver."""

from dataclasses import dataclass

import numpy as np

from creatorgraph.domain.error import InvalidInputError


def bits(probability: float) -> float:
    """The match weight of a probability: its log2 odds."""
    return float(np.log2(probability / (1 - probability)))


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolveOptions:
    """The settings of one run; one set of values serves every kind of data.

    `match_threshold` and `review_threshold` are probabilities, `floor` the probability below which a pair is not
    kept at all. `max_block_size` is the number of profiles that one blocking key may bring together (a key shared by
    more is a hub and no proof). `threads` of None takes what the machine has. `memory_limit` is in DuckDB's words.
    """

    match_threshold: float = 0.35
    review_threshold: float = 0.15
    floor: float = 0.05
    max_block_size: int = 200
    seed: int = 1
    threads: int | None = None
    memory_limit: str = "2GB"

    def __post_init__(self) -> None:
        if not 0 < self.floor <= self.review_threshold <= self.match_threshold < 1:
            raise InvalidInputError(
                f"floor {self.floor}, review {self.review_threshold} and match {self.match_threshold} are out of order",
                where="ResolveOptions",
                mend="Choose 0 < floor <= review_threshold <= match_threshold < 1.",
            )
        if self.max_block_size < 2:
            raise InvalidInputError(
                f"max_block_size is {self.max_block_size}", where="ResolveOptions", mend="Give 2 or more."
            )
