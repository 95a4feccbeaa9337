"""Pictures and their hashes: what is read, what is refused with a note, and that no picture loses a profile."""

import base64
import io
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from creatorgraph.ingest.avatar import (
    MAX_BYTES,
    avatar_hash_of,
    perceptual_hash,
    read_avatar_hash,
    read_picture,
    without_picture,
)
from creatorgraph.ingest.batch import parse_file
from creatorgraph.ingest.contact import ContactHasher
from creatorgraph.ingest.field import FieldError
from creatorgraph.ingest.record import Parsed, parse_record

HASHER = ContactHasher(b"a key for the tests")


def picture(seed: int = 1, size: int = 96) -> Image.Image:
    """Soft shapes, as photographs have."""
    random = np.random.default_rng(seed)
    small = Image.fromarray(random.integers(0, 256, (8, 8, 3), dtype=np.uint8))
    return small.resize((size, size), Image.Resampling.BICUBIC)


def encoded(image: Image.Image, kind: str = "PNG", **options: int) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def as_uri(data: bytes) -> str:
    return f"data:image/png;base64,{base64.b64encode(data).decode()}"


def differing(one: str, other: str) -> int:
    return (int(one, 16) ^ int(other, 16)).bit_count()


@pytest.mark.parametrize(
    ("given_", "kept"),
    [
        ("0F1E2D3C4B5A6978", "0f1e2d3c4b5a6978"),
        ("0x0f1e2d3c4b5a6978", "0f1e2d3c4b5a6978"),
        ("  0f1e2d3c ", "0f1e2d3c"),
        ("f" * 128, "f" * 128),
        ("", None),
        (None, None),
        (1234567812345678, "1234567812345678"),
    ],
)
def test_hash(given_: object, kept: str | None) -> None:
    assert read_avatar_hash(given_) == kept


@pytest.mark.parametrize("bad", ["0f1e2d3", "not a hash", "g" * 16, "f" * 129, ["0f1e2d3c4b5a6978"], True])
def test_what_is_no_hash(bad: object) -> None:
    with pytest.raises(FieldError):
        read_avatar_hash(bad)


@given(st.text(max_size=140))
def test_any_text_is_a_hash_or_refused(text: str) -> None:
    try:
        found = read_avatar_hash(text)
    except FieldError:
        return
    assert found is None or (8 <= len(found) <= 128 and found == found.lower() and int(found, 16) >= 0)


def test_a_copy_hashes_nearly_alike_and_another_picture_does_not() -> None:
    image = picture()
    whole = perceptual_hash(encoded(image))
    assert len(whole) == 16
    copies = [
        encoded(image.resize((48, 48))),
        encoded(image, "JPEG", quality=40),
        encoded(image, "WEBP", quality=50),
        encoded(image.convert("L"), "GIF"),
    ]
    assert max(differing(whole, perceptual_hash(copy)) for copy in copies) <= 8
    assert differing(whole, perceptual_hash(encoded(picture(2)))) > 12


def test_a_blank_picture_has_hardly_any_ones() -> None:
    assert int(perceptual_hash(encoded(Image.new("RGB", (64, 64), "white"))), 16).bit_count() < 8


def test_a_data_uri_and_a_file_give_the_same(tmp_path: Path) -> None:
    data = encoded(picture())
    (tmp_path / "faces").mkdir()
    (tmp_path / "faces" / "a.png").write_bytes(data)
    assert read_picture(as_uri(data), None) == read_picture("faces/a.png", tmp_path) == perceptual_hash(data)


def huge_png() -> bytes:
    """A valid header that claims 60,000 by 60,000 pixels."""
    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def test_pictures_that_would_fill_the_memory_are_refused() -> None:
    with pytest.raises(FieldError, match="pixels"):
        perceptual_hash(huge_png())
    with pytest.raises(FieldError, match="pixels"):
        perceptual_hash(encoded(Image.new("1", (8000, 8000))))
    with pytest.raises(FieldError, match="bytes"):
        read_picture(as_uri(b"\x00" * (MAX_BYTES + 1)), None)


@pytest.mark.parametrize("length", [0, 1, 8, 40, 100])
def test_a_torn_picture_is_refused(length: int) -> None:
    with pytest.raises(FieldError):
        perceptual_hash(encoded(picture())[:length])


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_hashed_or_refused(data: bytes) -> None:
    for start in (b"", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"BM", b"\xff\xd8\xff\xe0", b"RIFF\x00\x00\x00\x00WEBP"):
        with pytest.raises(FieldError):
            perceptual_hash(start + data)


def test_only_files_below_the_folder_are_read(tmp_path: Path) -> None:
    outside, inside = tmp_path / "outside.png", tmp_path / "in"
    inside.mkdir()
    outside.write_bytes(encoded(picture()))
    (inside / "link.png").symlink_to(outside)
    for path in ("../outside.png", str(outside), "link.png", "none.png", ".", "a\x00b"):
        with pytest.raises(FieldError):
            read_picture(path, inside)
    with pytest.raises(FieldError):
        read_picture("a.png", None)


@pytest.mark.parametrize("address", ["https://cdn.example.com/a.png", "http://a.example/b", "//cdn.example.com/a.png"])
def test_web_addresses_are_not_fetched_and_no_fault(address: str, tmp_path: Path) -> None:
    assert read_picture(address, tmp_path) is None


def test_a_given_hash_goes_before_the_picture() -> None:
    notes: list[str] = []

    def found(**record: object) -> str | None:
        return avatar_hash_of(record, None, lambda field, text: notes.append(f"{field} {text}"))

    uri = as_uri(encoded(picture()))
    assert found(avatar_hash="0f1e2d3c4b5a6978", avatar=uri) == "0f1e2d3c4b5a6978"
    assert not notes
    assert found(avatar_hash="none", avatar=uri) == perceptual_hash(encoded(picture()))
    assert [note.split()[0] for note in notes] == ["avatar_hash"]


@pytest.mark.parametrize(
    "avatar", ["data:image/png;base64,AAAA", "gone.png", "data:,\ud83d", 7, ["x"], as_uri(b"\x00" * (1 << 21))]
)
def test_a_bad_picture_is_a_note_and_keeps_the_profile(avatar: object, tmp_path: Path) -> None:
    record = {"platform": "x", "username": "someone", "avatar": avatar}
    parsed = parse_record(record, hasher=HASHER, where="f:1", folder=tmp_path)
    assert isinstance(parsed, Parsed)
    assert parsed.profile.avatar_hash is None
    assert [note.split()[1] for note in parsed.notes] == ["avatar"]


def test_a_large_picture_is_hashed_and_not_kept() -> None:
    random = np.random.default_rng(0)
    noise = Image.fromarray(random.integers(0, 256, (700, 700, 3), dtype=np.uint8))
    uri = as_uri(encoded(noise))
    assert len(uri) > 1 << 20
    parsed = parse_record({"platform": "x", "username": "someone", "avatar": uri}, hasher=HASHER, where="f:1")
    assert isinstance(parsed, Parsed)
    assert parsed.profile.avatar_hash == perceptual_hash(encoded(noise))
    assert parsed.redacted["avatar"] == "(a picture)"


def test_a_path_or_address_stays_in_the_payload() -> None:
    assert without_picture({"avatar": "faces/a.png", "x": 1}) == {"avatar": "faces/a.png", "x": 1}


def test_files_name_pictures_beside_them(tmp_path: Path) -> None:
    data = encoded(picture())
    (tmp_path / "a.png").write_bytes(data)
    (tmp_path / "f.csv").write_text("platform,username,avatar\nx,someone,a.png\n", encoding="utf-8")
    [batch] = parse_file(tmp_path / "f.csv", hasher=HASHER)
    assert [parsed.profile.avatar_hash for _, parsed in batch.parsed] == [perceptual_hash(data)]
