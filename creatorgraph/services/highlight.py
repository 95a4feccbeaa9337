"""Highlights: which sentences of a bio come nearest to what was asked."""

import asyncio
import re
from collections.abc import Sequence
from heapq import nsmallest

from creatorgraph.services.engines import Engines

MAX_HIGHLIGHTS = 2

_SENTENCE = re.compile(r"(?<=[.!?。！？])\s+|\s*[\n|•·]+\s*")


async def highlights(engines: Engines, wanted: Sequence[tuple[str, str]]) -> list[tuple[str, ...]]:
    """For each (query, text): the sentences of the text nearest to the query in meaning, best first, at most two.

    A text of one sentence is its own highlight; an empty one has none.
    """
    sentences = [sentences_of(text) for _, text in wanted]
    texts = list(dict.fromkeys(
        text
        for (query, _), parts in zip(wanted, sentences, strict=True)
        if len(parts) > 1
        for text in (query, *parts)
    ))  # fmt: skip
    if not texts:
        return [tuple(parts) for parts in sentences]
    vectors = await asyncio.to_thread(lambda: engines.encoder().encode(texts))
    place = {text: row for row, text in enumerate(texts)}

    def best(query: str, parts: list[str]) -> tuple[str, ...]:
        scores = {part: -float(vectors[place[query]] @ vectors[place[part]]) for part in parts}
        return tuple(nsmallest(MAX_HIGHLIGHTS, scores, key=scores.__getitem__))

    return [
        best(query, parts) if len(parts) > 1 else tuple(parts)
        for (query, _), parts in zip(wanted, sentences, strict=True)
    ]


def sentences_of(text: str) -> list[str]:
    """The distinct sentences of a bio; bars, bullets and line ends part them as full stops do."""
    return list(dict.fromkeys(part.strip() for part in _SENTENCE.split(text) if part and part.strip()))
