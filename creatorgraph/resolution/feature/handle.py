"""Handles as people write them, and how each is made of the name beside it."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from creatorgraph.resolution.feature.column import Column, batches, distinct, joined
from creatorgraph.resolution.feature.incidence import Indices
from creatorgraph.resolution.feature.name_table import NameTable
from creatorgraph.resolution.feature.reference import Counts, rarity_bits, text_counts
from creatorgraph.resolution.text.handle import written_handle
from creatorgraph.resolution.text.handle_form import form_of


@dataclass(frozen=True, slots=True, kw_only=True)
class HandleTable:
    """Per profile: `written` the number of its handle as it is spelled, `marked` the number of its handle with the words of
    its name marked (-1 where it has no handle or no name), `bits` how rare the form of the handle is.

    `texts` are the marked handles by their numbers, `counts` how many profiles have each form.
    """

    written: Indices
    marked: Indices
    texts: pa.StringArray
    bits: NDArray[np.float64]
    counts: Counts


def handle_table(platforms: Column, usernames: Column, names: NameTable, known: Counts | None = None) -> HandleTable:
    """From the two columns; `known` says how common the forms are, in place of these profiles themselves."""
    spelled = [pa.array(map(written_handle, *rows), pa.string()) for rows in batches(platforms, usernames)]
    written = joined(spelled)
    forms, marked = (
        (joined(parts) for parts in zip(*_forms(written, names), strict=True)) if len(written) else (written,) * 2
    )
    form = distinct(forms)
    made = form.number >= 0
    counts = known or text_counts(
        form.texts, np.bincount(form.number[made], minlength=len(form.texts)), int(made.sum())
    )
    bits = np.append(rarity_bits(counts.of_texts(form.texts), counts.total), 0.0)
    number = distinct(marked)
    return HandleTable(
        written=distinct(written).number,
        marked=number.number,
        texts=number.texts,
        bits=bits[form.number],
        counts=counts,
    )


def _forms(written: pa.StringArray, names: NameTable) -> Iterator[tuple[pa.StringArray, pa.StringArray]]:
    """Forms and marked handles, some profiles at a time."""
    words = [tuple(text.split(" ")) for text in names.texts.to_pylist()]
    begin = 0
    for (batch,) in batches(written):
        starts = names.entries.starts[begin : begin + len(batch) + 1].tolist()
        values = names.entries.values[starts[0] : starts[-1]].tolist()
        found = [
            form_of(handle, [words[value] for value in values[first - starts[0] : last - starts[0]]])
            if handle and last > first
            else None
            for handle, first, last in zip(batch, starts, starts[1:], strict=False)
        ]
        yield (
            pa.array([one.form if one else None for one in found], pa.string()),
            pa.array([one.marked if one else None for one in found], pa.string()),
        )
        begin += len(batch)
