"""The default encoder: MiniLM on CTranslate2, on the CPU, without torch."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

import ctranslate2
import numpy as np
from tokenizers import Tokenizer

from creatorgraph.domain.progress import Progress, Silent
from creatorgraph.embeddings.converted_model import converted_model
from creatorgraph.embeddings.encoder import Vectors, encode_distinct
from creatorgraph.embeddings.packaged_model import packaged_model

# Padded tokens in one forward pass: larger passes fall out of the processor's cache and are slower.
TOKENS_PER_BATCH = 2048
# Texts whose tokens are held at once; sorting by length within so many leaves next to no padding.
TEXTS_PER_WINDOW = 16_384
SPECIAL_TOKENS = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")


class CTranslate2Encoder:
    """Mean-pooled, normalised MiniLM vectors; safe to share between threads.

    `compute_type` "int8" is about three times as fast as "float32", which gives sentence-transformers' vectors to the
    sixth digit; its own are within cosine 0.985 of those (docs/decisions/0007-int8-encoder.md). `threads` 0 takes
    every core that this process may use. The packaged weights are converted into `model_dir` at first use (some seconds).
    """

    def __init__(self, model_dir: Path, compute_type: Literal["float32", "int8"] = "int8", threads: int = 0) -> None:
        source = packaged_model()
        model = converted_model(source, model_dir)
        self._name = f"ctranslate2/{source.name}-{source.version}/{compute_type}"
        self._dimensions = model.dimensions
        # In int8 the padding moves a vector by a cosine of up to 0.002; without it the bits do not depend on the batch.
        # In float32 it moves nothing, and few shapes are several times as fast as many.
        self._padded = compute_type == "float32"
        self._model = ctranslate2.Encoder(
            str(model.folder),
            device="cpu",
            compute_type=compute_type,
            inter_threads=1,
            intra_threads=threads or len(os.sched_getaffinity(0)),
        )
        self._tokenizer = Tokenizer.from_file(str(model.tokenizer))
        self._tokenizer.enable_truncation(model.max_tokens)
        self._tokenizer.no_padding()
        self._empty = frozenset(self._tokenizer.token_to_id(token) for token in SPECIAL_TOKENS)

    @property
    def name(self) -> str:
        return self._name

    @property
    def dimensions(self) -> int:
        return self._dimensions

    def encode(self, texts: Sequence[str], *, progress: Progress = Silent()) -> Vectors:
        """As the port says."""
        return encode_distinct(texts, self._dimensions, lambda distinct: self._encode(distinct, progress))

    def _encode(self, texts: list[str], progress: Progress) -> Vectors:
        progress.stage("encoding texts", len(texts))
        vectors = np.zeros((len(texts), self._dimensions), dtype=np.float32)
        for start in range(0, len(texts), TEXTS_PER_WINDOW):
            window = texts[start : start + TEXTS_PER_WINDOW]
            tokens = [encoding.ids for encoding in self._tokenizer.encode_batch_fast(window)]
            known = [place for place, ids in enumerate(tokens) if not self._empty.issuperset(ids)]
            progress.advance(len(window) - len(known))
            for batch in _batches(known, tokens, padded=self._padded):
                vectors[[start + place for place in batch]] = self._forward([tokens[place] for place in batch])
                progress.advance(len(batch))
        return vectors

    def _forward(self, tokens: list[list[int]]) -> Vectors:
        hidden = np.asarray(self._model.forward_batch(tokens).last_hidden_state)
        pooled = np.stack([hidden[row, : len(ids)].mean(axis=0) for row, ids in enumerate(tokens)])
        normalised: Vectors = pooled / np.linalg.norm(pooled, axis=1, keepdims=True)
        return normalised


def _batches(places: list[int], tokens: list[list[int]], *, padded: bool) -> Iterator[list[int]]:
    """Places of texts of like length (of one length unless `padded`), so many that the batch stays below the limit."""
    batch: list[int] = []
    for place in sorted(places, key=lambda each: len(tokens[each])):
        length = len(tokens[place])
        too_long = (len(batch) + 1) * length > TOKENS_PER_BATCH
        if batch and (too_long or not (padded or length == len(tokens[batch[0]]))):
            yield batch
            batch = []
        batch.append(place)
    if batch:
        yield batch
