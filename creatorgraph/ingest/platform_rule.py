"""The shape of one row of the platform table: which hosts and paths name an account, and how its names are spelled."""

import re
from dataclasses import dataclass, field

from creatorgraph.domain.platform import Platform
from creatorgraph.ingest.word import words

USER = r"(?P<user>[^/?]+)"
"""One path segment that is a username."""
AT_USER = rf"@{USER}"

COMMON_RESERVED = words(
    "about account accounts ads advertise api app apps auth blog business careers category contact create dashboard "
    "discover download downloads embed events explore faq features feed groups hashtag help home i index intent jobs legal "
    "login logout new news notifications oauth p policies policy popular post posts premium press pricing privacy products "
    "profile r register rules search security settings share sharer sign-in sign-up signin signup sitemap static status "
    "store support tag tags team terms topic topics tos trending u upload user users video videos watch"
)
"""First path segments that platforms keep for their own pages."""

CONTENT_WORDS = words(
    "attribution_link clip embed events hashtag intent live p permalink permalink.php photo photo.php pin playlist post posts "
    "reel reels s share sharer sharer.php shorts status story.php tag tags tagged topic v video videos watch"
)
"""Reserved first segments after which a piece of content follows."""

FRONT_LABELS = words("www m mobile old new web touch mbasic business music gaming intl secure np amp wap l lm")
"""Labels before a platform's host that show the same accounts."""

SERVICE_LABELS = words(
    "about account ads analytics api app apps assets auth blog careers cdn community creators dashboard dev developer "
    "developers docs email engineering events forum forums go help home images img info jobs learn login mail media news "
    "open policy press research safety search secure shop signup static status store studio support upload"
)
"""Labels before a platform's host that are its own pages, never an account."""

TABS = words(
    "about activity activities all albums articles boards collections comments community courses details events favorites "
    "featured followers following friends gallery highlights home images info likes links lists live media members music "
    "overview photos pins playlists podcasts popular-tracks posts products profile recent-activity reels repos repositories "
    "reviews shop shorts stars stories streams submitted tagged timeline top-tracks tracks videos with_replies works"
)
"""Segments after an account's name that show a part of the same account."""

LANGUAGE_SEGMENT = re.compile(r"[a-z]{2}(?:[-_][a-z]{2,4})?")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformRule:
    """How one platform writes its accounts.

    `hosts` are looked up without front labels (www., m., uk. ...); the first is the canonical one. `paths` are regular
    expressions over the decoded path without its outer slashes, followed by `?key=value` for the first of the parameters
    `query` that is present; they have a group `user` or `id`. `names` is the full match of a canonical username,
    `ids` of an account id. `home` and `id_home` build the canonical URL. `fold`: case does not count. `drop`: characters
    that the platform ignores in names. `subdomain`: `name.host` is an account. `spaces`: namespaces that stay part of the
    name (`company/x`); their pages are `https://<host>/<space>/<name>`. `any_script`: names are not limited to ASCII.
    """

    platform: Platform
    hosts: tuple[str, ...]
    paths: tuple[str, ...] = (USER,)
    names: str = r"[\w.\-]{1,64}"
    ids: str = r"\d{1,20}"
    home: str = "https://{host}/{user}"
    id_home: str | None = None
    query: tuple[str, ...] = ()
    fold: bool = True
    drop: str = ""
    subdomain: bool = False
    spaces: tuple[str, ...] = ()
    reserved: frozenset[str] = COMMON_RESERVED
    tabs: frozenset[str] = TABS
    any_script: bool = False
    compiled: tuple[re.Pattern[str], ...] = field(init=False)
    name_pattern: re.Pattern[str] = field(init=False)
    id_pattern: re.Pattern[str] = field(init=False)
    kept_names: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        """Compile the patterns once; a wrong row of the table fails at import."""
        space = f"(?:{'|'.join(map(re.escape, self.spaces))})/" if self.spaces else ""
        spaced = (f"(?P<user>{space}[^/?]+)",) if space else ()
        patterns = tuple(
            re.compile(rf"(?:{path})(?:/(?P<rest>[^?]*))?(?:\?.*)?", re.IGNORECASE) for path in spaced + self.paths
        )
        object.__setattr__(self, "compiled", patterns)
        names = f"(?:{space})?(?:{self.names})" if space else self.names
        object.__setattr__(self, "name_pattern", re.compile(names, re.NOFLAG if self.any_script else re.ASCII))
        object.__setattr__(self, "id_pattern", re.compile(self.ids))
        # only where the canonical URL has the name bare can a word of the platform's own stand in its place
        labels = FRONT_LABELS | SERVICE_LABELS if self.home.startswith("https://{user}.") else frozenset()
        bare = self.reserved if re.fullmatch(r"https://[^/{]*(?:\{host\})?/\{user\}/?", self.home) else labels
        object.__setattr__(self, "kept_names", bare)

    @property
    def host(self) -> str:
        return self.hosts[0]

    def is_tab(self, rest: str | None) -> bool:
        """Whether what follows the account's name still shows the account, not one piece of its content."""
        if not rest:
            return True
        first, _, more = rest.partition("/")
        lowered = first.lower()
        return lowered in self.tabs or (not more and LANGUAGE_SEGMENT.fullmatch(lowered) is not None)


def reserve(text: str) -> frozenset[str]:
    """Reserved words of one platform besides the common ones."""
    return COMMON_RESERVED | words(text)


def regional(stem: str, suffixes: str) -> tuple[str, ...]:
    """The hosts of a platform that has one per country; the first of `suffixes` is the canonical one."""
    return tuple(f"{stem}.{suffix}" for suffix in suffixes.split(" "))
