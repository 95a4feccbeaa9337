"""Files of profiles as the resolver wants them: parsed, contacts hashed, bios encoded; no database."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from creatorgraph.config import ENCODE_LIMIT
from creatorgraph.domain.error import InvalidInputError
from creatorgraph.domain.profile import Profile, ProfileId
from creatorgraph.domain.progress import Progress, Silent
from creatorgraph.embeddings.encoder import Encoder
from creatorgraph.embeddings.text import bio_text
from creatorgraph.ingest.batch import parse_file
from creatorgraph.ingest.contact import ContactHasher
from creatorgraph.ingest.reject import Reject
from creatorgraph.services.input_file import check_files


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileFiles:
    """`local_hash` gives what the profiles' EMAIL_LOCAL identifiers would hold for a username."""

    profiles: list[Profile]
    rejected: int
    local_hash: Callable[[str], str]


def read_profiles(
    paths: Sequence[Path],
    *,
    on_rejects: Callable[[Path, list[Reject]], None],
    progress: Progress = Silent(),
) -> ProfileFiles:
    """All profiles of the files; `on_rejects` gets what was refused, batch by batch.

    Contacts are hashed with a key of this call alone: nothing that is made of them can be matched with another run's.

    Raises:
        InvalidInputError: a file is missing, empty or of no known format, or one profile id is in two files.
    """
    check_files(paths)
    hasher = ContactHasher(secrets.token_bytes(32))
    profiles: dict[ProfileId, Profile] = {}
    origin: dict[ProfileId, Path] = {}
    rejected = 0
    for path in paths:
        for batch in parse_file(path, hasher=hasher, progress=progress):
            if batch.rejects:
                rejected += len(batch.rejects)
                on_rejects(path, batch.rejects)
            for line, parsed in batch.parsed:
                profile = parsed.profile
                if profile.profile_id in profiles:
                    raise InvalidInputError(
                        f"the profile id of this line is in {origin[profile.profile_id].name} too",
                        where=f"{path}:{line}",
                        mend="Give each profile one id and one file.",
                    )
                profiles[profile.profile_id], origin[profile.profile_id] = profile, path
    return ProfileFiles(profiles=list(profiles.values()), rejected=rejected, local_hash=hasher.local_value)


def bio_vectors(
    profiles: Sequence[Profile],
    encoder: Callable[[], Encoder],
    progress: Progress = Silent(),
    *,
    limit: int = ENCODE_LIMIT,
) -> NDArray[np.float32] | None:
    """(profiles, dimensions): the vector of each bio, zeros where there is none; the encoder is opened only for a bio.

    None where more than `limit` bios differ: then they are compared by their words alone, as resolve_files() does.
    """
    texts = [bio_text(profile) for profile in profiles]
    different = len({profile.bio for profile in profiles if profile.bio})
    if different == 0 or different > limit:
        return None
    progress.stage("Encoding bios", len(profiles))
    return encoder().encode(texts, progress=progress)
