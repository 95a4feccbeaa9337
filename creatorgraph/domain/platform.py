"""The platforms that creatorgraph knows by name."""

from enum import StrEnum


class Platform(StrEnum):
    """A place where a profile lives. The values are the words in records, SQL, Cypher and GraphQL (upper-cased there)."""

    APPLE_MUSIC = "apple_music"
    APPLE_PODCASTS = "apple_podcasts"
    BANDCAMP = "bandcamp"
    BEHANCE = "behance"
    BLUESKY = "bluesky"
    BUYMEACOFFEE = "buymeacoffee"
    CODEBERG = "codeberg"
    CODEPEN = "codepen"
    DEVIANTART = "deviantart"
    DEVTO = "devto"
    DISCORD = "discord"
    DRIBBBLE = "dribbble"
    ETSY = "etsy"
    FACEBOOK = "facebook"
    FLICKR = "flickr"
    GITHUB = "github"
    GITLAB = "gitlab"
    GOODREADS = "goodreads"
    GUMROAD = "gumroad"
    HACKERNEWS = "hackernews"
    HASHNODE = "hashnode"
    IMDB = "imdb"
    INSTAGRAM = "instagram"
    KAGGLE = "kaggle"
    KICK = "kick"
    KOFI = "kofi"
    LASTFM = "lastfm"
    LETTERBOXD = "letterboxd"
    LINKEDIN = "linkedin"
    MASTODON = "mastodon"
    MEDIUM = "medium"
    MIXCLOUD = "mixcloud"
    ONLYFANS = "onlyfans"
    ORCID = "orcid"
    PATREON = "patreon"
    PAYPAL = "paypal"
    PINTEREST = "pinterest"
    PRODUCTHUNT = "producthunt"
    QUORA = "quora"
    REDDIT = "reddit"
    RUMBLE = "rumble"
    SLIDESHARE = "slideshare"
    SNAPCHAT = "snapchat"
    SOUNDCLOUD = "soundcloud"
    SPEAKERDECK = "speakerdeck"
    SPOTIFY = "spotify"
    STACKOVERFLOW = "stackoverflow"
    STEAM = "steam"
    STRAVA = "strava"
    SUBSTACK = "substack"
    TELEGRAM = "telegram"
    THREADS = "threads"
    TIKTOK = "tiktok"
    TUMBLR = "tumblr"
    TWITCH = "twitch"
    UNSPLASH = "unsplash"
    VIMEO = "vimeo"
    VK = "vk"
    WEIBO = "weibo"
    WHATSAPP = "whatsapp"
    WIKIDATA = "wikidata"
    X = "x"
    XING = "xing"
    YOUTUBE = "youtube"
    # link-in-bio pages: one page lists the accounts of one person
    BEACONS = "beacons"
    BIODROP = "biodrop"
    BIOLINK = "biolink"
    CARRD = "carrd"
    CAMPSITE = "campsite"
    HOOBE = "hoobe"
    KOJI = "koji"
    LINKTREE = "linktree"
    LNKBIO = "lnkbio"
    LINKINBIO = "linkinbio"
    SOLO = "solo"
    TAPLINK = "taplink"
    # not a platform: a page of one's own, and any place that has no name above
    WEBSITE = "website"
    OTHER = "other"

    @property
    def one_account_each(self) -> bool:
        """Whether a second username on this platform speaks against one person; not so for websites and unnamed places."""
        return self not in (Platform.WEBSITE, Platform.OTHER)

    @property
    def link_in_bio(self) -> bool:
        """Whether a page here exists to list the other accounts of its owner."""
        return self in LINK_IN_BIO


LINK_IN_BIO = frozenset(
    {
        Platform.BEACONS,
        Platform.BIODROP,
        Platform.BIOLINK,
        Platform.CARRD,
        Platform.CAMPSITE,
        Platform.HOOBE,
        Platform.KOJI,
        Platform.LINKTREE,
        Platform.LNKBIO,
        Platform.LINKINBIO,
        Platform.SOLO,
        Platform.TAPLINK,
    }
)
