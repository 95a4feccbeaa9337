"""Fuses what a query and a creator have in common by meaning and by words into one value."""
from collections.abc import Sequence

import numpy as np


def fused(cosines: Sequence[float], texts: Sequence[float], *, text_share: float, worded: bool) -> list[float]:
    share = text_share if worded else 0.0
    cos = np.asarray(cosines)
    if len(cos) == 0:
        return []
    low, high = cos.min(), cos.max()
    near = (cos - low) / max(high - low, 1e-9)
    return [round(float(v), 6) for v in (1 - share) * near + share * np.asarray(texts)]
