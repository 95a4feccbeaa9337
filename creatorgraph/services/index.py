"""Keeps the vector indexes equal to the profiles in PostgreSQL."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from creatorgraph.config import Settings
from creatorgraph.domain.profile import Profile, ProfileId
from creatorgraph.domain.progress import Progress, Silent
from creatorgraph.embeddings.index import VectorIndex
from creatorgraph.embeddings.index_option import EXACT, IndexOptions
from creatorgraph.embeddings.sync import SyncResult, sync_index
from creatorgraph.embeddings.text import bio_text, profile_text
from creatorgraph.services.engines import Engines
from creatorgraph.store.read.bulk import read_profiles, stream_profiles


def search_options(settings: Settings) -> IndexOptions:
    """Those of the index that search looks at. The one of bios keeps every vector to the bit, because resolution compares
    these (`EXACT`)."""
    return IndexOptions(
        recall=settings.search_recall,
        compress_from=settings.search_compress_from,
        bytes_per_vector=settings.search_bytes_per_vector,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexSummary:
    """What a sync did to the index of whole profiles and to the one of bios."""

    profiles: SyncResult
    bios: SyncResult


def sync_indexes(
    engines: Engines,
    progress: Progress = Silent(),
    *,
    profiles: Callable[[], Iterable[Profile]] | None = None,
    bios: bool = True,
) -> IndexSummary:
    """Encodes what is new or changed, forgets what is gone; a second call on the same profiles encodes nothing.

    `profiles` gives all that are stored, where the caller has them at hand; None reads them. Without `bios` their index,
    which resolution alone looks at, stays as it is.
    """

    def everyone() -> Iterator[Profile]:
        if profiles is not None:
            yield from profiles()
            return
        with engines.database.transaction() as connection:
            for batch in stream_profiles(connection):
                yield from batch

    def sync(index: VectorIndex, text: Callable[[Profile], str]) -> SyncResult:
        stale = set(index.digests())

        def items() -> Iterator[tuple[str, str]]:
            for profile in everyone():
                stale.discard(profile.profile_id)
                yield profile.profile_id, text(profile)

        done = sync_index(index, engines.encoder(), items(), progress=progress)
        if not stale:
            return done
        gone = sync_index(index, engines.encoder(), (), remove=stale)
        return SyncResult(encoded=done.encoded, unchanged=done.unchanged, removed=done.removed + gone.removed)

    progress.stage("Encoding profiles")
    whole = sync(engines.profile_index(), profile_text)
    if engines.profile_index().rebuild_due:
        progress.stage("Rebuilding the index")
        engines.profile_index().rebuild()
    if not bios:
        return IndexSummary(profiles=whole, bios=SyncResult(encoded=0, unchanged=0, removed=0))
    progress.stage("Encoding bios")
    return IndexSummary(profiles=whole, bios=sync(engines.bio_index(), bio_text))


def refresh_indexes(engines: Engines, ids: Iterable[ProfileId]) -> None:
    """Brings both indexes up to date for these profiles alone; those no longer stored are forgotten."""
    wanted = sorted(set(ids))
    with engines.database.transaction() as connection:
        profiles = read_profiles(connection, wanted)
    gone = set(wanted) - {p.profile_id for p in profiles}
    for index, text in ((engines.profile_index(), profile_text), (engines.bio_index(), bio_text)):
        sync_index(index, engines.encoder(), ((p.profile_id, text(p)) for p in profiles), remove=gone)
        index.rebuild_in_background()


def rebuild_indexes(engines: Engines, progress: Progress = Silent()) -> IndexSummary:
    """Encodes every profile anew and puts both indexes in the place of what was there, damaged or of another encoder.

    Each is exchanged at once: who serves meanwhile has the old one until then.
    """
    encoder = engines.encoder()

    def empty(name: str, options: IndexOptions) -> VectorIndex:
        return VectorIndex.create(
            engines.settings.data_dir / "index" / name,
            encoder_name=encoder.name,
            dimensions=encoder.dimensions,
            options=options,
        )

    profiles, bios = empty("profile", search_options(engines.settings)), empty("bio", EXACT)
    done = sync_indexes(replace(engines, profile_index=lambda: profiles, bio_index=lambda: bios), progress)
    for index in (profiles, bios):
        index.save()  # also where there is nothing to encode
    profiles.rebuild()
    return done
