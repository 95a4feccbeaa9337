"""Profile pictures: the perceptual hash that a record gives, or that of the picture that it gives."""

import base64
import binascii
import io
import re
import struct
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import unquote_to_bytes

from creatorgraph.ingest.field import CAPS, FieldError, read_text

PICTURE = "avatar"
"""The field of a record that holds a picture: a `data:` URI, or the path of a file below the folder of the input file."""
MAX_BYTES = 8 << 20
"""Bytes of an encoded picture that is looked at."""
MAX_PIXELS = 25_000_000
"""Pixels of a picture that is decoded: 75 MB in memory."""

_HASH = re.compile(r"(?:0x)?([0-9a-f]{8,128})", re.IGNORECASE)
_FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "BMP")
_ADDRESS = re.compile(r"(?:https?:)?//", re.IGNORECASE)
_PAYLOAD_LENGTH = 1024
"""Characters of the picture's field that the kept payload may have; a picture itself is never kept."""
_HASH_SIDE = 8


def avatar_hash_of(record: Mapping[str, object], folder: Path | None, note: Callable[[str, str], None]) -> str | None:
    """The record's `avatar_hash`, else that of its picture; what cannot be used is told to `note` (field, text).

    `folder` is where the input file lies; None where there is none, and then a picture can only be a `data:` URI.
    """
    for field, reader in (("avatar_hash", read_avatar_hash), (PICTURE, lambda value: read_picture(value, folder))):
        try:
            found = reader(record.get(field))
        except FieldError as error:
            note(field, f"{error}; it was dropped")
            continue
        if found is not None:
            return found
    return None


def read_avatar_hash(value: object) -> str | None:
    """A perceptual hash as lower-case hex digits; 16 of them (64 bits) can be compared bit by bit. Raises FieldError."""
    text = read_text(value, cap=CAPS["avatar_hash"] + 2)
    if text is None:
        return None
    match = _HASH.fullmatch(text)
    if match is None:
        raise FieldError("is no hash in 8 to 128 hex digits")
    return match[1].lower()


def read_picture(value: object, folder: Path | None) -> str | None:
    """The perceptual hash of the picture that `value` holds or names; None for nothing and for web addresses, which are
    not fetched. Raises FieldError for what is no picture, too large, or outside `folder`."""
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise FieldError("is not text")
    if _ADDRESS.match(value):
        return None
    data = _embedded(value) if value[:5].lower() == "data:" else _local(value.strip(), folder)
    return perceptual_hash(data)


def perceptual_hash(data: bytes) -> str:
    """The 64-bit pHash of an encoded picture (of the first frame) in 16 hex digits.

    The signs, against their median, of the lowest 8 x 8 coefficients of a cosine transform of the grey picture at 32 x 32:
    Zauner, Implementation and Benchmarking of Perceptual Image Hash Functions (2010). Raises FieldError.
    """
    # the two take a tenth of a second to load, and most files have no pictures
    import imagehash
    from PIL import Image

    broken = (OSError, ValueError, SyntaxError, EOFError, IndexError, TypeError, struct.error)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
                if image.width * image.height > MAX_PIXELS:
                    raise FieldError(f"has more than {MAX_PIXELS} pixels")
                return str(imagehash.phash(image, hash_size=_HASH_SIDE))
    except Image.DecompressionBombError:
        raise FieldError(f"has more than {MAX_PIXELS} pixels") from None
    except broken:
        raise FieldError(f"is no picture in one of {', '.join(_FORMATS)}") from None


def without_picture(record: Mapping[str, object]) -> dict[str, object]:
    """The record with a word in place of a picture that stands in it: pictures are not kept."""
    kept = dict(record)
    picture = kept.get(PICTURE)
    if picture is not None and (
        not isinstance(picture, str) or picture[:5].lower() == "data:" or len(picture) > _PAYLOAD_LENGTH
    ):
        kept[PICTURE] = "(a picture)"
    return kept


def _embedded(text: str) -> bytes:
    if len(text) > 2 * MAX_BYTES:
        raise FieldError(f"has more than {MAX_BYTES} bytes")
    head, comma, body = text.partition(",")
    if not comma:
        raise FieldError("is no data: URI")
    try:
        data = unquote_to_bytes(body)
        if head.lower().endswith(";base64"):
            data = base64.b64decode(data)
    except (binascii.Error, UnicodeEncodeError):
        raise FieldError("is no data: URI in base64") from None
    if len(data) > MAX_BYTES:
        raise FieldError(f"has more than {MAX_BYTES} bytes")
    return data


def _local(text: str, folder: Path | None) -> bytes:
    if folder is None:
        raise FieldError("is no data: URI, and there is no folder to look for a file in")
    try:
        path = (folder / text).resolve()
        # links are followed before this is asked, so that none leads out
        if not path.is_relative_to(folder.resolve()):
            raise FieldError("is outside the folder of the input file")
        if not path.is_file():
            raise FieldError("names no file")
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError):
        raise FieldError("names no file that can be read") from None
    if len(data) > MAX_BYTES:
        raise FieldError(f"has more than {MAX_BYTES} bytes")
    return data
