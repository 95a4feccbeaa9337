"""Takes somebody who was erased out of every tenant's exports: the parts that may hold them go, and are written anew."""

from collections.abc import Collection

from creatorgraph.domain.export import Export, ExportPart
from creatorgraph.services.engines import Engines
from creatorgraph.services.export_job.folder import file_name, folders, remove_folder, remove_unlisted
from creatorgraph.store.read.export_job import exports, parts_of
from creatorgraph.store.write.erasure import lock_against_ingest
from creatorgraph.store.write.export_job import exports_with_files, homes_of, mark_for_rewriting


def withdraw_from_exports(engines: Engines, names: Collection[str]) -> int:
    """`names` are the profiles' names in the history now. How many files were removed.

    Nobody can tell later which view held something of the profiles: every part goes whose creators ever had one of them.
    """
    with engines.database.for_operator() as connection:
        listed = folders(engines.settings)
        # waits for slices that are being written, and holds the next ones back until the files are gone
        lock_against_ingest(connection)
        mark_for_rewriting(connection, homes_of(connection, names))
        kept = exports_with_files(connection)
        for gone in listed - kept:
            remove_folder(engines.settings, gone)
        return sum(
            remove_unlisted(engines.settings, each.export_id, _names(each, parts_of(connection, each.export_id)))
            for each in exports(connection, sorted(kept))
        )


def _names(of: Export, parts: Collection[ExportPart]) -> set[str]:
    return {file_name(of, each.data, each.slice) for each in parts if each.sha256 is not None}
