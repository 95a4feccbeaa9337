"""The manifest of a vector index: which files make it up. Replacing it is what makes a save count."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson

from creatorgraph.domain.error import DamagedError
from creatorgraph.embeddings.index_file import REBUILD, FileRecord, write_file

NAME = "manifest.json"
_FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Tuning:
    """How a segment of cells is searched: in the `probes` nearest ones, and with short codes `ranked` times as many as are
    wanted are ranked again. So `recall` of the nearest `neighbours` was found when that was measured; None: it was not.
    """

    probes: int
    ranked: int
    neighbours: int
    recall: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentRecord:
    """One segment: its vectors, the ids and digests of their rows, and the rows that no longer count (if any)."""

    rows: int
    vectors: FileRecord
    entries: FileRecord
    dead: FileRecord | None
    tuning: Tuning | None = None

    def files(self) -> tuple[FileRecord, ...]:
        return tuple(file for file in (self.vectors, self.entries, self.dead) if file is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """`generation` grows with each save; `count` is the number of ids; `created` is in UTC."""

    encoder: str
    dimensions: int
    count: int
    generation: int
    created: datetime
    segments: tuple[SegmentRecord, ...]

    @classmethod
    def empty(cls, *, encoder: str, dimensions: int) -> "Manifest":
        """What a folder without a manifest stands for."""
        return cls(
            encoder=encoder, dimensions=dimensions, count=0, generation=0, created=datetime.now(UTC), segments=()
        )

    def names(self) -> set[str]:
        return {file.name for segment in self.segments for file in segment.files()}

    def check(self, folder: Path, *, encoder: str, dimensions: int) -> None:
        """Raises DamagedError when the vectors are of another encoder: to compare them would be meaningless."""
        if (self.encoder, self.dimensions) != (encoder, dimensions):
            raise DamagedError(
                f"the vectors are those of {self.encoder} ({self.dimensions} dimensions), "
                f"the settings ask for {encoder} ({dimensions} dimensions)",
                where=str(folder / NAME),
                mend=REBUILD,
            )

    def write(self, folder: Path) -> None:
        text = orjson.dumps({"format": _FORMAT, **asdict(self)}, option=orjson.OPT_INDENT_2)

        def send_all(send: Callable[[bytes], int]) -> None:
            send(text)

        write_file(folder, NAME, send_all)


def read_manifest(folder: Path) -> Manifest | None:
    """The folder's manifest, None when it has none yet. Raises DamagedError when it cannot be understood."""
    try:
        data = (folder / NAME).read_bytes()
    except FileNotFoundError:
        return None
    try:
        fields = orjson.loads(data)
        if fields.pop("format") != _FORMAT:
            raise ValueError("another format")
        fields["created"] = datetime.fromisoformat(fields["created"])
        fields["segments"] = tuple(_segment(each) for each in fields["segments"])
        return Manifest(**fields)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise DamagedError("the manifest cannot be read", where=str(folder / NAME), mend=REBUILD) from error


def _segment(fields: dict[str, Any]) -> SegmentRecord:
    dead = fields["dead"]
    return SegmentRecord(
        rows=fields["rows"],
        vectors=FileRecord(**fields["vectors"]),
        entries=FileRecord(**fields["entries"]),
        dead=FileRecord(**dead) if dead else None,
        # Segments written before there was a tuning have none.
        tuning=Tuning(**tuning) if (tuning := fields.get("tuning")) else None,
    )
