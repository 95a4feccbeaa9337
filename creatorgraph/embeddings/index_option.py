"""What an index is asked to keep to."""

from dataclasses import dataclass

from creatorgraph.domain.error import InvalidInputError

DEPTH = 10
"""The number of neighbours for which recall is measured and promised: recall@10."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexOptions:
    """`recall`: the share of the ten nearest that a search should find, on average. `compress_from`: rows from which a
    segment holds codes instead of its vectors (None: never, every vector is kept to the bit). `bytes_per_vector`: what a
    row of such a segment may take on disk and in memory, with id and digest.
    """

    recall: float = 0.95
    compress_from: int | None = None
    bytes_per_vector: int = 450

    def __post_init__(self) -> None:
        if not 0.5 <= self.recall < 1 or (self.compress_from or 1) < 1 or self.bytes_per_vector < 1:
            raise InvalidInputError("the recall of an index lies from 0.5 to below 1, its counts above 0")

    def compresses(self, rows: int) -> bool:
        return self.compress_from is not None and rows >= self.compress_from


EXACT = IndexOptions()
"""Nothing is compressed: every vector is given back as it came."""
