"""Where the files of exports lie: `<data_dir>/export/<export id>/<data>-<slice>.<format>`."""

import shutil
from collections.abc import Collection
from pathlib import Path

from creatorgraph.config import Settings
from creatorgraph.domain.export import Export, ExportData, ExportId, ExportPart


def folder_of(settings: Settings, export_id: ExportId) -> Path:
    return settings.data_dir / "export" / export_id


def file_name(wanted: Export, data: ExportData, slice_number: int) -> str:
    return f"{data.value}-{slice_number:05}.{wanted.format.value}"


def path_of(settings: Settings, wanted: Export, part: ExportPart) -> Path:
    return folder_of(settings, wanted.export_id) / file_name(wanted, part.data, part.slice)


def make_folder(settings: Settings, export_id: ExportId) -> Path:
    """For its owner's eyes alone: it holds what people have said of themselves."""
    folder = folder_of(settings, export_id)
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def remove_folder(settings: Settings, export_id: ExportId) -> None:
    shutil.rmtree(folder_of(settings, export_id), ignore_errors=True)


def folders(settings: Settings) -> set[ExportId]:
    """The exports that have a folder. Ask before asking the database: an export is ordered before it has one."""
    return {ExportId(each.name) for each in (settings.data_dir / "export").glob("*")}


def remove_unlisted(settings: Settings, export_id: ExportId, names: Collection[str]) -> int:
    """Removes the files of an export that are not among `names`, also those that a killed process left; how many."""
    gone = [each for each in folder_of(settings, export_id).glob("*") if each.name not in names]
    for path in gone:
        path.unlink(missing_ok=True)
    return len(gone)
