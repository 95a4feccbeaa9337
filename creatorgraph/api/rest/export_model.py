"""Exports as REST tells them."""

from datetime import datetime
from typing import Literal, Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from creatorgraph.domain.export import SCHEMA_VERSION, Export, ExportData, ExportFormat, ExportPart, ExportState
from creatorgraph.store.read.export import columns_of

PLACE = "/v1/exports"
_UUID = r"^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"


class ExportRequest(BaseModel):
    """What to export: everything, or what changed."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"format": "jsonl"}]})
    format: ExportFormat = Field(description="Of the files.")
    since: AwareDatetime | None = Field(
        None, description="What changed from here on, with a zone. Changes of shortly before may be among them."
    )
    since_export: str | None = Field(
        None, pattern=_UUID, description="What changed after this export: nothing is left out and nothing comes twice."
    )


class ExportModel(BaseModel):
    """An export and how far it is."""

    id: str = Field(description="The id of the export.")
    state: ExportState = Field(description="How far it is.")
    format: ExportFormat = Field(description="Of the files.")
    since: datetime | None = Field(description="It has what changed from here on.")
    since_export: str | None = Field(description="It has what changed after this export; null, as `since`: everything.")
    asked_by: str = Field(description="Who ordered it.")
    asked_at: datetime = Field(description="When it was ordered.")
    finished_at: datetime | None = Field(description="When the last part was written.")
    expires_at: datetime | None = Field(description="Until when it can be fetched.")
    failure: str | None = Field(description="Why it has failed.")
    total: int | None = Field(description="Creators that it is about, as counted when it began.")
    done: int = Field(description="Those of them that are written.")
    parts: int = Field(description="Files that are written.")
    bytes: int = Field(description="Of these files.")

    @classmethod
    def of(cls, found: Export) -> Self:
        names = [name for name in cls.model_fields if name != "id"]
        return cls(id=found.export_id, **{name: getattr(found, name) for name in names})


class ExportPage(BaseModel):
    """Some of the tenant's exports, the latest first."""

    items: list[ExportModel] = Field(description="The exports.")
    next: str | None = Field(description="Pass it as `after` for those before; null: there are none.")


class PartModel(BaseModel):
    """A file of the export."""

    number: int = Field(description="Its number.")
    name: str = Field(description="A name for it.")
    data: ExportData = Field(description="What its rows are.")
    href: str = Field(description="Where it is fetched.")
    rows: int = Field(description="How many.")
    bytes: int = Field(description="How large it is.")
    sha256: str = Field(description="Its SHA-256 in hexadecimal; its `ETag` as well.")


class ColumnModel(BaseModel):
    name: str = Field(description="Of the column.")
    type: str = Field(description="As Apache Arrow calls it.")


class ManifestModel(BaseModel):
    """What there is to fetch, and what it is worth."""

    export_id: str = Field(description="The export; pass it as `since_export` of the next.")
    schema_version: Literal[1] = Field(description="Goes up when a column is renamed, removed or means something else.")
    format: ExportFormat = Field(description="Of the files.")
    since: datetime | None = Field(description="It has what changed from here on.")
    since_export: str | None = Field(description="It has what changed after this export; null, as `since`: everything.")
    position: str = Field(
        description="Every change of a transaction before this one is in it; of later ones the server knows which are."
    )
    columns: dict[ExportData, list[ColumnModel]] = Field(description="Of each kind of part, in their order.")
    parts: list[PartModel] = Field(description="The files.")

    @classmethod
    def of(cls, found: Export, parts: list[ExportPart]) -> Self:
        return cls(
            export_id=found.export_id,
            schema_version=SCHEMA_VERSION,
            format=found.format,
            since=found.since,
            since_export=found.since_export,
            # xmin:xmax:running
            position=str(min(int(each.snapshot.partition(":")[0]) for each in parts)),
            columns={
                data: [ColumnModel(name=each.name, type=str(each.type)) for each in columns_of(data)]
                for data in found.data
            },
            parts=[_part(found, each) for each in parts],
        )


def part_name(found: Export, part: ExportPart) -> str:
    return f"{found.export_id}-{part.data.value}-{part.slice:05}.{found.format.value}"


def _part(found: Export, part: ExportPart) -> PartModel:
    return PartModel(
        number=part.number,
        name=part_name(found, part),
        data=part.data,
        href=f"{PLACE}/{found.export_id}/parts/{part.number}",
        rows=part.rows or 0,
        bytes=part.bytes or 0,
        sha256=part.sha256 or "",
    )
