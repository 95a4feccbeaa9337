"""What a process keeps for arrivals: the frozen model, the key of contacts, and vectors of bios that it has just encoded."""

import shutil
from collections import OrderedDict
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

import numpy as np
import pyarrow as pa
import sqlalchemy as sa
from numpy.typing import NDArray

from creatorgraph.config import Settings
from creatorgraph.domain.error import InvalidInputError, UnavailableError
from creatorgraph.embeddings.text import encoded_bio, text_digest
from creatorgraph.ingest.contact import ContactHasher
from creatorgraph.resolution.feature.population import Population
from creatorgraph.resolution.model.artefact import ModelArtefact
from creatorgraph.resolution.option import ResolveOptions, bits
from creatorgraph.services.engines import Engines
from creatorgraph.services.model_file import read_model
from creatorgraph.store.read.posting import PostingModel, stored_posting_model

_MOST_GAINED = 4.0
_VECTORS = 10_000
"""Vectors of bios that are kept in memory beside the index: some 15 MB."""


@dataclass(kw_only=True)
class ArrivalEngine:
    """One per process and model. `meanings` says whether bios are compared by what they mean."""

    engines: Engines
    model: ModelArtefact
    meanings: bool
    hasher: ContactHasher
    _recent: "OrderedDict[str, NDArray[np.float32]]" = field(default_factory=OrderedDict)

    @property
    def version(self) -> str:
        return str(self.model.document["model_version"])

    def likely(self, options: ResolveOptions) -> float:
        """Bits before competition from which a pair may be a link in the end: winners gain, and calibration may give."""
        return bits(options.floor) - _MOST_GAINED

    def vectors(self, table: pa.Table) -> NDArray[np.float32] | None:
        """Of the bios of a PROFILE_SCHEMA table as far as they were encoded before, zeros for the others."""
        if not self.meanings:
            return None
        bios = table.column("bio").to_pylist()
        digests = [_bio_digest(bio) for bio in bios]
        found = self.engines.bio_index().vectors_as_of(table.column("profile_id").to_pylist(), digests)
        for row in np.flatnonzero(~found.any(axis=1)).tolist():
            recent = self._recent.get(digests[row])
            if recent is not None:
                self._recent.move_to_end(digests[row])
                found[row] = recent
        return found

    def with_meaning(self, population: Population, rows: NDArray[np.int64]) -> Population:
        """The population with the vectors of the bios of these rows, which are encoded where that was not done before."""
        if population.vectors is None:
            return population
        missing = np.unique(rows[~population.has_vector[rows]])
        bios = population.table.column("bio").take(pa.array(missing)).to_pylist()
        digests = [_bio_digest(bio) for bio in bios]
        fresh = {digest: bio for digest, bio in zip(digests, bios, strict=True) if digest}
        if not fresh:
            return population
        order = sorted(fresh)
        encoded = self.engines.encoder().encode([encoded_bio(fresh[digest]) for digest in order])
        vectors = population.vectors.copy()
        for row, digest in zip(missing.tolist(), digests, strict=True):
            if digest:
                vectors[row] = encoded[order.index(digest)]
        self._recent.update(zip(order, encoded, strict=True))
        while len(self._recent) > _VECTORS:
            self._recent.popitem(last=False)
        has_vector = population.has_vector.copy()
        has_vector[missing] = vectors[missing].any(axis=1)
        return replace(population, vectors=vectors, has_vector=has_vector)


@lru_cache(maxsize=_VECTORS)
def _bio_digest(bio: str | None) -> str:
    """Of what is encoded; empty where that is nothing. Kept, because a neighbour is met again and again."""
    text = encoded_bio(bio)
    return text_digest(text) if text else ""


def arrival_model_path(settings: Settings, version: str) -> Path:
    """Where the model lies by which the stored postings were made."""
    return settings.data_dir / "arrival" / version / "model.json"


def forget_models(settings: Settings, *, but: str) -> None:
    """Removes the models of former postings; a process that still works by one has it in memory."""
    for file in (settings.data_dir / "arrival").glob("*/model.json"):
        if file.parent.name != but:
            shutil.rmtree(file.parent, ignore_errors=True)


def open_arrival_engine(engines: Engines, wanted: PostingModel) -> ArrivalEngine:
    """Raises UnavailableError where this machine has not the model of the stored postings, or one of another version."""
    path = arrival_model_path(engines.settings, wanted.model_version)
    if not path.exists():
        raise UnavailableError(
            "the model that the stored profiles were resolved by is not in this machine's data folder",
            where=str(path),
            mend="Copy its folder from the machine that ran `creatorgraph resolve`, or run `creatorgraph resolve` here.",
        )
    try:
        model = read_model(path)
    except InvalidInputError as error:
        raise UnavailableError(error.what, where=error.where, mend="Run `creatorgraph resolve` here.") from error
    return ArrivalEngine(
        engines=engines,
        model=model,
        meanings=wanted.meanings,
        hasher=ContactHasher(engines.settings.contact_secret()),
    )


def serves_arrivals(engines: Engines, connection: sa.Connection) -> bool:
    """Whether this machine has all that profiles are resolved by as they arrive, where they are to be."""
    if not engines.settings.arrivals:
        return True
    wanted = stored_posting_model(connection)
    if wanted is None:
        return False
    try:
        open_arrival_engine(engines, wanted)
    except UnavailableError:
        return False
    return True
