"""Reference counts as named arrays of numbers, for files: the same arrays give the same bytes and so the same digest."""

import hashlib
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from creatorgraph.resolution.feature.part import Parts, part_table
from creatorgraph.resolution.feature.reference import Counts, Naming, Reference, Spelling
from creatorgraph.resolution.feature.trigram import Seen, Trigrams

Arrays = dict[str, NDArray[Any]]

_COUNTS = tuple(field.name for field in fields(Reference) if field.type is Counts)
_NAMING = tuple(field.name for field in fields(Naming))
_SEEN = tuple(field.name for field in fields(Trigrams) if field.type is Seen)


def packed(reference: Reference) -> Arrays:
    """Every array by its name."""
    spelling = reference.spelling
    trigrams = spelling.trigrams
    arrays: Arrays = {
        "characters": spelling.characters,
        "alphabet": np.array([trigrams.alphabet, trigrams.total], dtype=np.int64),
    }
    for name in _SEEN:
        seen: Seen = getattr(trigrams, name)
        arrays[f"{name}.codes"], arrays[f"{name}.times"] = seen.codes, seen.times
    for length, part in sorted(spelling.parts.items()):
        arrays[f"part_{length}.hashes"], arrays[f"part_{length}.bits"] = part.hashes, part.bits
    for name in _NAMING:
        arrays[f"naming.{name}"] = getattr(reference.naming, name)
    for name in ("words", *_COUNTS):
        counts: Counts = getattr(spelling if name == "words" else reference, name)
        arrays[f"{name}.hashes"], arrays[f"{name}.times"] = counts.hashes, counts.times
        arrays[f"{name}.total"] = np.array([counts.total], dtype=np.int64)
    return arrays


def unpacked(arrays: Mapping[str, NDArray[Any]]) -> Reference:
    """The reference of `packed` arrays. Raises KeyError where one is missing."""
    alphabet, total = arrays["alphabet"].tolist()
    lengths = sorted(int(name[5:].split(".")[0]) for name in arrays if name.startswith("part_") and name.endswith("s"))
    seen = {name: Seen(codes=arrays[f"{name}.codes"], times=arrays[f"{name}.times"]) for name in _SEEN}
    spelling = Spelling(
        characters=arrays["characters"],
        trigrams=Trigrams(alphabet=alphabet, total=total, **seen),
        parts={length: _part(arrays, length) for length in dict.fromkeys(lengths)},
        words=_counts(arrays, "words"),
    )
    naming = Naming(**{name: arrays[f"naming.{name}"] for name in _NAMING})
    return Reference(spelling=spelling, naming=naming, **{name: _counts(arrays, name) for name in _COUNTS})


def digest_of(arrays: Mapping[str, NDArray[Any]]) -> str:
    """SHA-256 of all the arrays, in hex."""
    digest = hashlib.sha256()
    for name in sorted(arrays):
        digest.update(f"{name} {arrays[name].dtype.str} {arrays[name].shape}\n".encode())
        digest.update(np.ascontiguousarray(arrays[name]).tobytes())
    return digest.hexdigest()


def _part(arrays: Mapping[str, NDArray[Any]], length: int) -> Parts:
    return part_table(length, arrays[f"part_{length}.hashes"], arrays[f"part_{length}.bits"])


def _counts(arrays: Mapping[str, NDArray[Any]], name: str) -> Counts:
    return Counts(hashes=arrays[f"{name}.hashes"], times=arrays[f"{name}.times"], total=int(arrays[f"{name}.total"][0]))
