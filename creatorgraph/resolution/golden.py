"""The golden record: the merged view of a creator, each field with the profile it came from.

Values that say the same (after folding case, accents and punctuation) stand together. A profile's support is its confidence
as a member, doubled where the platform has verified it and half as much again for the primary profile; the best supported
value wins, and its confidence is its share of the support of all profiles that fill the field. The result depends on the
set of members only: they are ranked first, and every tie goes to the better placed profile.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum

from creatorgraph.domain.creator import CreatorKind, GoldenField, GoldenRecord
from creatorgraph.domain.error import InvalidInputError
from creatorgraph.domain.identifier import IdentifierKind
from creatorgraph.domain.platform import Platform
from creatorgraph.domain.profile import Profile, ProfileId
from creatorgraph.resolution.text.fold import fold, squash
from creatorgraph.resolution.text.handle import handle_of
from creatorgraph.resolution.text.host import host_and_path

VERIFIED_FACTOR = 2.0
PRIMARY_FACTOR = 1.5
# A name that looks like a person's counts double, one that is only a handle half.
FULL_NAME_FACTOR = 2.0
HANDLE_FACTOR = 0.5
# Beyond this many words a longer bio says no more about who somebody is.
BIO_WORDS = 40
# A floor for scripts that write without spaces.
CHARACTERS_PER_WORD = 6

_UNSPACED_NAME = re.compile(r"[぀-ヿ㐀-鿿가-힯]{2,}")
_FILLED = ("username", "url", "display_name", "bio", "website", "location", "language", "category", "followers")


@dataclass(slots=True)
class _Value:
    """One distinct value of a field while votes are counted; `place` is the rank of its best placed profile."""

    place: int
    spellings: dict[str, tuple[float, int]]
    support: float = 0.0
    score: float = 0.0


Candidate = tuple[str, int]
"""A value and the place of its profile in the ranking."""


def golden_record(members: Sequence[Profile], *, confidence: Mapping[ProfileId, float] | None = None) -> GoldenRecord:
    """Merge the members of one creator. `confidence` (0-1, 1 where absent) is how sure each membership is.

    The primary profile is the one with the most followers, then a verified one, then the most complete, then the smallest
    profile id. The website comes from the URLs that ingest recognised as no platform's account. Raises InvalidInputError
    without members.
    """
    if not members:
        raise InvalidInputError("a creator needs at least one profile", mend="Retire creators without members.")
    ranked = sorted(members, key=_rank) if len(members) > 1 else members
    primary = ranked[0]
    support = [
        (confidence.get(p.profile_id, 1.0) if confidence else 1.0)
        * (VERIFIED_FACTOR if p.verified else 1.0)
        * (PRIMARY_FACTOR if p is primary else 1.0)
        for p in ranked
    ]
    rates = [p.engagement_rate for p in ranked if p.engagement_rate is not None]

    def field(
        candidates: list[Candidate], key: Callable[[str], str], weigh: Callable[[Candidate], float] | None = None
    ) -> GoldenField | None:
        return _elect(candidates, ranked, support, key, weigh)

    return GoldenRecord(
        name=_name(ranked, support),
        bio=field([(p.bio, i) for i, p in enumerate(ranked) if p.bio], fold, lambda c: _bio_words(c[0])),
        category=field([(p.category, i) for i, p in enumerate(ranked) if p.category], fold),
        language=field([(p.language, i) for i, p in enumerate(ranked) if p.language], _language),
        location=field([(p.location, i) for i, p in enumerate(ranked) if p.location], fold),
        website=_website(ranked, support),
        primary_profile=primary.profile_id,
        platforms=tuple(sorted({p.platform for p in ranked})),
        total_followers=sum(p.followers or 0 for p in ranked),
        average_engagement_rate=fsum(rates) / len(rates) if rates else None,
        verified_anywhere=any(p.verified for p in ranked),
    )


def _rank(profile: Profile) -> tuple[int, bool, int, ProfileId]:
    filled = sum(getattr(profile, name) is not None for name in _FILLED)
    followers = -1 if profile.followers is None else profile.followers
    return -followers, not profile.verified, -filled, profile.profile_id


def _elect(
    candidates: list[Candidate],
    ranked: Sequence[Profile],
    support: Sequence[float],
    key: Callable[[str], str],
    weigh: Callable[[Candidate], float] | None = None,
) -> GoldenField | None:
    """The value with the highest support x weight; candidates come in ranked order."""
    stripped = [(text, place) for value, place in candidates if (text := value.strip())]
    if not stripped:
        return None
    if len(stripped) == 1 or all(text == stripped[0][0] for text, _ in stripped):
        return GoldenField(value=stripped[0][0], source=ranked[stripped[0][1]].profile_id, confidence=1.0)
    values: dict[str, _Value] = {}
    for candidate in stripped:
        text, place = candidate
        value = values.setdefault(key(text) or text, _Value(place=place, spellings={}))
        value.support += support[place]
        value.score += support[place] * (weigh(candidate) if weigh else 1.0)
        held, best = value.spellings.get(text, (0.0, place))
        value.spellings[text] = held + support[place], best
    order = sorted(values.values(), key=lambda v: (-v.score, v.place))
    spelled = [_spelling(value) for value in order]
    total = fsum(support[place] for _, place in stripped)
    share = min(1.0, order[0].support / total) if total > 0 else 0.0
    return GoldenField(
        value=spelled[0][0],
        source=ranked[spelled[0][1]].profile_id,
        confidence=share,
        alternatives=tuple(text for text, _ in spelled[1:]),
    )


def _spelling(value: _Value) -> Candidate:
    """The best spelling of a value: mixed case without signs or emoji first, then the best supported, then best placed."""

    def worth(item: tuple[str, tuple[float, int]]) -> tuple[bool, bool, float, int]:
        text, (held, place) = item
        plain = all(char.isalnum() or char in " .'’-,&" for char in text)
        return text.isupper() or text.islower(), not plain, -held, place

    spellings = value.spellings
    text, (_, place) = next(iter(spellings.items())) if len(spellings) == 1 else min(spellings.items(), key=worth)
    return text, place


def _name(ranked: Sequence[Profile], support: Sequence[float]) -> GoldenField:
    def weigh(candidate: Candidate) -> float:
        text, place = candidate
        username = ranked[place].username
        if username and squash(text) == squash(username):
            # a name that is just the handle, unless it is written in words
            return 1.0 if " " in text else HANDLE_FACTOR
        if any(char.isdigit() for char in text) or text.startswith("@"):
            return HANDLE_FACTOR
        return FULL_NAME_FACTOR if " " in text or _UNSPACED_NAME.fullmatch(text) else 1.0

    named = [(p.display_name, i) for i, p in enumerate(ranked) if p.display_name]
    if name := _elect(named, ranked, support, _name_key, weigh):
        return name
    handles = [(p.username, i) for i, p in enumerate(ranked) if p.username]
    chosen = [(text, i) for text, i in handles if handle_of(ranked[i].platform, text)]
    if handle := _elect(chosen or handles, ranked, support, _name_key):
        return handle
    primary = ranked[0].profile_id
    return GoldenField(value=primary, source=primary, confidence=0.0)


def _name_key(text: str) -> str:
    """One key for `Jane Roe`, `ROE, Jane` and `Jane Roe 🎥`."""
    return " ".join(sorted(fold(text).split()))


def _language(text: str) -> str:
    """`pt-BR` and `pt` agree: the primary subtag of BCP 47."""
    return re.split(r"[-_]", text.lower(), maxsplit=1)[0]


def _bio_words(text: str) -> float:
    words = len(set(text.lower().split()))
    return float(min(BIO_WORDS, words if text.isascii() else max(words, len(text) // CHARACTERS_PER_WORD)))


def _website(ranked: Sequence[Profile], support: Sequence[float]) -> GoldenField | None:
    """A page of one's own: on a host that nobody shares first, from the website field before links and bio."""
    candidates: list[Candidate] = []
    weights: dict[Candidate, float] = {}
    for place, profile in enumerate(ranked):
        hosts = {i.value for i in profile.identifiers if i.kind is IdentifierKind.HOST}
        for identifier in profile.identifiers:
            if identifier.kind is not IdentifierKind.URL:
                continue
            candidate = identifier.shown, place
            host = host_and_path(identifier.shown)[0]
            own = any(host == h or host.endswith(f".{h}") for h in hosts)
            weight = (4.0 if own else 1.0) * (2.0 if identifier.field == "website" else 1.0)
            if candidate not in weights:
                candidates.append(candidate)
            weights[candidate] = max(weight, weights.get(candidate, 0.0))
    candidates.sort(key=lambda c: (c[1], -weights[c], c[0]))
    return _elect(candidates, ranked, support, _page_key, weights.__getitem__)


def _page_key(url: str) -> str:
    host, path = host_and_path(url)
    return f"{host.lower()}{path}"


# Said by the account about itself; written as platforms' own category lists and account bios have it.
_FAN = re.compile(
    r"\bfan[ -]?(?:page|account|acc|club|base|made)\b|\bfanpage\b|\bunofficial\b|\bnot (?:the official|affiliated)\b"
    r"|\btribute (?:page|account)\b|\b(?:club|p[aá]gina|cuenta|conta) de f[aã]n?s\b|\bf[aã]\s?clube?\b|фан[- ]?(?:клуб|страница)",
    re.IGNORECASE,
)
_AGENCY = re.compile(
    r"\b(?:talent|influencer|creator|modell?ing|management|marketing|advertising|media|pr|booking)\W+(?:\w+\W+)?agency\b"
    r"|\btalent management\b|^agency$|\bmulti[- ]?channel network\b",
    re.IGNORECASE,
)
_BRAND = re.compile(
    r"\b(?:brand|company|product/service|shopping & retail|retail company|clothing \(brand\)|organi[sz]ation|restaurant"
    r"|local business|e-?commerce(?: website)?)\b",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"\b(?:public figure|artist|musician|singer|actor|actress|athlete|author|writer|politician|journalist|comedian"
    r"|photographer|chef|coach|model|video creator|blogger|gamer|scientist|entrepreneur|personal blog)\b",
    re.IGNORECASE,
)


def creator_kind(members: Sequence[Profile], golden: GoldenRecord) -> CreatorKind:
    """What a creator is, from what its profiles say of themselves; UNKNOWN where they say nothing or contradict each other.

    FAN_PAGE: at least half of the profiles with a bio or name call themselves one. AGENCY, BRAND: by the category in the
    platforms' words. PERSON: a person's category, an ORCID iD (given to people only), or a job title.
    """
    described = [f"{p.display_name or ''} {p.bio or ''}" for p in members if p.display_name or p.bio]
    if described and 2 * sum(bool(_FAN.search(text)) for text in described) >= len(described):
        return CreatorKind.FAN_PAGE
    said: set[CreatorKind] = set()
    for profile in members:
        category = profile.category or ""
        if _AGENCY.search(category):
            said.add(CreatorKind.AGENCY)
        elif _BRAND.search(category):
            said.add(CreatorKind.BRAND)
        elif _PERSON.search(category):
            said.add(CreatorKind.PERSON)
        if profile.platform is Platform.ORCID or profile.job_title:
            said.add(CreatorKind.PERSON)
    return said.pop() if len(said) == 1 else CreatorKind.UNKNOWN
