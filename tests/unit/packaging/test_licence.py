"""No distribution under the GPL is imported (docs/decisions/0005)."""

from pathlib import Path

import pytest

from requirements.licence import EXCEPTIONS, is_refused, licence_of, main, refused
from requirements.lock import FOLDER, Pin, read_lock

LOCKS = (FOLDER / "run.txt", FOLDER / "services.txt")


def test_nothing_in_the_locks_is_refused() -> None:
    assert main([]) == 0


@pytest.mark.parametrize(
    "licence",
    [
        "GPL-3.0-or-later",
        "GNU General Public License v3 (GPLv3)",
        "AGPL-3.0-only",
        "GNU Affero General Public License v3",
        "",
        "GPL-2.0-only OR AGPL-3.0-only",
    ],
)
def test_strong_copyleft_and_silence_are_refused(licence: str) -> None:
    assert is_refused(licence)


@pytest.mark.parametrize(
    "licence",
    [
        "MIT",
        "Apache-2.0",
        "LGPL-3.0-only",
        "LGPL with exceptions",
        "GNU Lesser General Public License v3 or later (LGPLv3+)",
        "GNU Library or Lesser General Public License (LGPL)",
        "MIT OR GPL-2.0-only",
    ],
)
def test_others_are_not(licence: str) -> None:
    assert not is_refused(licence)


@pytest.mark.parametrize("name", sorted(EXCEPTIONS))
def test_an_exception_is_in_a_lock_has_a_reason_and_is_needed(name: str) -> None:
    assert name in {pin.name for lock in LOCKS for pin in read_lock(lock)}
    assert len(EXCEPTIONS[name].split()) > 5
    assert is_refused(licence_of(name))


def _install(folder: Path, name: str, metadata: str) -> Pin:
    info = folder / f"{name}-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.4\nName: {name}\nVersion: 1.0\n{metadata}")
    return Pin(name=name, version="1.0", hashes=frozenset())


@pytest.mark.parametrize(
    ("metadata", "licence"),
    [
        ("License-Expression: GPL-3.0-only\nClassifier: License :: OSI Approved :: MIT License\n", "GPL-3.0-only"),
        ("Classifier: License :: OSI Approved\nClassifier: License :: OSI Approved :: MIT License\n", "MIT License"),
        ("License: BSD\n        mentions the GPL further down\n", "BSD"),
        ("", ""),
    ],
)
def test_what_a_distribution_states(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, metadata: str, licence: str
) -> None:
    monkeypatch.syspath_prepend(str(tmp_path))
    _install(tmp_path, "stated", metadata)
    assert licence_of("stated") == licence


def test_a_refused_distribution_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(tmp_path))
    pins = [
        _install(tmp_path, "copyleft", "License-Expression: GPL-3.0-only\n"),
        _install(tmp_path, "silent", ""),
        _install(tmp_path, "permissive", "License-Expression: MIT\n"),
        Pin(name="not-installed-here", version="1.0", hashes=frozenset()),
    ]
    assert refused(pins) == ["copyleft 1.0: GPL-3.0-only", "silent 1.0: states no licence"]
