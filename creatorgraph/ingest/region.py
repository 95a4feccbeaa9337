"""The country that a profile's phone numbers are most likely written for."""

import re
from collections.abc import Mapping
from functools import lru_cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import phonenumbers
from phonenumbers import SUPPORTED_REGIONS

_ALSO = {
    "usa": "US",
    "us": "US",
    "u.s.": "US",
    "u.s.a.": "US",
    "united states of america": "US",
    "uk": "GB",
    "u.k.": "GB",
    "great britain": "GB",
    "england": "GB",
    "scotland": "GB",
    "wales": "GB",
    "northern ireland": "GB",
    "uae": "AE",
    "holland": "NL",
    "czech republic": "CZ",
    "korea": "KR",
    "türkiye": "TR",
}


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    """Country names, in every language that phonenumbers ships, to their two-letter codes; ambiguous names are left out."""
    found: dict[str, str] = {}
    ambiguous: set[str] = set()
    for region, names in _locale_data().items():
        if region not in SUPPORTED_REGIONS:
            continue
        for name in names.values():
            folded = name.lower()
            if folded.startswith("*") or not folded:
                continue
            if found.setdefault(folded, region) != region:
                ambiguous.add(folded)
    return {name: region for name, region in found.items() if name not in ambiguous} | _ALSO


def _locale_data() -> Mapping[str, Mapping[str, str]]:
    """Region to language to name. This one file alone: the package that it lies in loads the places of every area code of
    the world with it, which takes seconds."""
    name = "phonenumbers.geodata.locale"
    spec = spec_from_file_location(name, Path(phonenumbers.__file__).parent / "geodata" / "locale.py")
    if spec is None or spec.loader is None:
        raise ImportError(name)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    names: Mapping[str, Mapping[str, str]] = module.LOCALE_DATA
    return names


@lru_cache(maxsize=1 << 15)
def region_of(location: str | None, language: str | None) -> str | None:
    """The two-letter region that `location` ends with, else the region in a language tag (`pt-BR`), else None.

    Bare two-letter codes in a location are not taken for countries: "CA" is a state more often than Canada.
    """
    if location and len(location) <= 200:
        names = _names()
        parts = [part.strip().lower() for part in re.split(r"[,/|·•\-–()]", location) if part.strip()]
        for part in [location.strip().lower(), *reversed(parts)]:
            if part in names:
                return names[part]
    if language and (match := re.fullmatch(r"[A-Za-z]{2,3}(?:[-_][A-Za-z]{4})?[-_]([A-Za-z]{2})", language.strip())):
        region = match[1].upper()
        return region if region in SUPPORTED_REGIONS else None
    return None
