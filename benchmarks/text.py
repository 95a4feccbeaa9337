"""Seeded short texts of the length of bios, for benchmarks where the words do not matter but their number does."""

import numpy as np

SENTENCE = (
    "coffee travel photographer based in writer and podcast host weekly stories about food design music fitness coach "
    "mother of two founder speaker new video every friday business mail below views my own gaming streamer live artist "
    "commissions open vegan recipes runner marathon Berlin Lagos Jakarta London Recife streetwear sneakers reviews tech"
)


def bios(count: int, seed: int = 1) -> list[str]:
    """`count` different texts of 4 to 24 words."""
    random = np.random.default_rng(seed)
    lengths = random.integers(4, 25, size=count)
    drawn = random.choice(SENTENCE.split(), size=int(lengths.sum()))
    ends = np.cumsum(lengths)
    return [
        f"{' '.join(drawn[end - n : end])} {place}" for place, (end, n) in enumerate(zip(ends, lengths, strict=True))
    ]
