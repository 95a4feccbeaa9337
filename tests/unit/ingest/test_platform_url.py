"""Every usual form of a URL comes to the same account; everything else is refused by name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creatorgraph.domain.platform import Platform
from creatorgraph.ingest.platform_url import (
    PlainUrl,
    PlatformAccount,
    Refusal,
    RefusalReason,
    parse_url,
)

CHANNEL = "UC" + "a1B2-" * 4 + "xy"

USERNAMES = {
    "apple_music:mara": "music.apple.com/profile/mara https://music.apple.com/us/profile/mara",
    "bandcamp:mara": "https://mara.bandcamp.com mara.bandcamp.com/music bandcamp.com/mara",
    "behance:mara": "behance.net/mara https://www.behance.net/mara/appreciated",
    "beacons:mara": "beacons.ai/mara https://beacons.page/mara",
    "biodrop:mara": "https://www.biodrop.io/mara linkfree.io/mara",
    "biolink:mara": "https://bio.link/mara",
    "bluesky:mara.bsky.social": "https://bsky.app/profile/mara.bsky.social mara.bsky.social @mara@bsky.social",
    "bluesky:mara.example": "https://bsky.app/profile/Mara.example",
    "buymeacoffee:mara": "https://www.buymeacoffee.com/mara buymeacoffee.com/mara/membership bmc.link/mara",
    "campsite:mara": "https://campsite.bio/mara campsite.to/mara",
    "carrd:mara": "https://mara.carrd.co/ mara.crd.co/#about",
    "codeberg:mara": "https://codeberg.org/mara",
    "codepen:mara": "https://codepen.io/mara codepen.io/mara/pens/public https://codepen.io/team/mara",
    "deviantart:mara": "https://www.deviantart.com/mara mara.deviantart.com/gallery",
    "devto:mara": "https://dev.to/mara",
    "discord:mara": "https://discord.com/users/mara discordapp.com/users/mara",
    "dribbble:mara": "https://dribbble.com/mara dribbble.com/mara/shots",
    "etsy:mara": "https://www.etsy.com/shop/Mara etsy.com/de/shop/mara https://mara.etsy.com",
    "etsy:people/mara": "https://www.etsy.com/people/mara",
    "facebook:maralind": "facebook.com/mara.lind https://m.facebook.com/MaraLind "
    "de-de.facebook.com/maralind/about fb.com/mara.lind "
    "https://fb.me/maralind https://business.facebook.com/maralind https://www.facebook.com/pg/maralind/about",
    "flickr:mara": "https://www.flickr.com/people/mara/ flickr.com/photos/mara/albums",
    "github:mara-l": "https://github.com/mara-l www.github.com/Mara-L?tab=repositories https://gist.github.com/mara-l "
    "github.com/sponsors/mara-l https://github.com/orgs/mara-l @mara-l@github.com",
    "gitlab:mara": "https://gitlab.com/mara https://gitlab.com/users/mara gitlab.com/groups/mara",
    "goodreads:mara": "https://www.goodreads.com/mara",
    "gumroad:mara": "https://mara.gumroad.com https://gumroad.com/mara",
    "hackernews:Mara": "https://news.ycombinator.com/user?id=Mara news.ycombinator.com/threads?id=Mara",
    "hashnode:mara": "https://hashnode.com/@mara hashnode.com/u/mara",
    "hoobe:mara": "https://hoo.be/mara",
    "imdb:ur123456": "https://www.imdb.com/user/ur123456/",
    "instagram:mara.lind": "instagram.com/mara.lind https://www.instagram.com/Mara.Lind/?hl=en instagr.am/mara.lind/ "
    "https://www.instagram.com/mara.lind/reels/ https://instagram.com/_u/mara.lind https://ig.me/m/mara.lind "
    "https://www.instagram.com/stories/mara.lind/123/ https://instagram.com/@mara.lind",
    "kaggle:mara": "https://www.kaggle.com/mara kaggle.com/mara/datasets",
    "kick:mara": "https://kick.com/mara",
    "kofi:mara": "https://ko-fi.com/mara ko-fi.com/mara/shop",
    "koji:mara": "https://koji.to/@mara koji.to/mara",
    "lastfm:mara": "https://www.last.fm/user/mara last.fm/de/user/Mara https://www.lastfm.de/user/mara/library",
    "letterboxd:mara": "https://letterboxd.com/mara/ letterboxd.com/mara/films",
    "linkedin:mara-lind-12ab": "linkedin.com/in/mara-lind-12ab/ https://uk.linkedin.com/in/Mara-Lind-12ab?lipi=x "
    "https://www.linkedin.com/in/mara-lind-12ab/de https://linkedin.com/mwlite/in/mara-lind-12ab "
    "http://linkedin.com/pub/mara-lind-12ab",
    "linkedin:jörg": "https://de.linkedin.com/in/j%C3%B6rg https://linkedin.com/in/Jörg",
    "linkedin:company/lind-media": "https://www.linkedin.com/company/Lind-Media/about/ linkedin.com/Company/lind-media",
    "linkedin:school/lind": "linkedin.com/school/lind",
    "linkinbio:mara": "https://linkin.bio/mara",
    "linktree:mara": "https://linktr.ee/mara linktree.com/mara https://linktr.ee/@mara",
    "lnkbio:mara": "https://lnk.bio/mara",
    "mastodon:mara@social.example": "@mara@social.example https://social.example/@mara "
    "https://social.example/web/@mara https://social.example/@Mara/ https://other.example/@mara@social.example",
    "medium:mara": "https://medium.com/@mara https://mara.medium.com medium.com/mara medium.com/@mara/about",
    "mixcloud:mara": "https://www.mixcloud.com/mara/ mixcloud.com/mara/uploads",
    "onlyfans:mara": "https://onlyfans.com/mara",
    "orcid:0000-0002-1825-0097": "https://orcid.org/0000-0002-1825-0097",
    "patreon:mara": "https://www.patreon.com/mara patreon.com/c/mara patreon.com/mara/posts",
    "paypal:mara": "https://paypal.me/mara https://www.paypal.com/paypalme/mara",
    "pinterest:mara": "https://www.pinterest.com/mara/ https://pinterest.co.uk/mara pinterest.de/mara/_saved "
    "de.pinterest.com/mara",
    "producthunt:mara": "https://www.producthunt.com/@mara",
    "quora:mara-lind-3": "https://www.quora.com/profile/Mara-Lind-3 es.quora.com/profile/mara-lind-3",
    "reddit:mara": "https://www.reddit.com/user/mara old.reddit.com/u/Mara reddit.com/user/mara/submitted "
    "np.reddit.com/user/mara",
    "rumble:mara": "https://rumble.com/user/mara",
    "rumble:c/mara": "https://rumble.com/c/Mara",
    "slideshare:mara": "https://www.slideshare.net/mara de.slideshare.net/mara/presentations",
    "snapchat:mara": "https://www.snapchat.com/add/mara snapchat.com/@mara https://snapchat.com/add/mara?share_id=x",
    "solo:mara": "https://solo.to/mara",
    "soundcloud:mara": "https://soundcloud.com/mara m.soundcloud.com/mara/tracks https://soundcloud.com/mara/sets",
    "speakerdeck:mara": "https://speakerdeck.com/mara",
    "spotify:mara": "https://open.spotify.com/user/mara?si=12",
    "stackoverflow:mara": "https://stackoverflow.com/story/mara",
    "steam:mara": "https://steamcommunity.com/id/mara/ steamcommunity.com/id/mara/games",
    "strava:mara": "https://www.strava.com/athletes/mara",
    "substack:mara": "https://mara.substack.com substack.com/@mara https://mara.substack.com/archive",
    "taplink:mara": "https://taplink.cc/mara taplink.at/mara",
    "telegram:mara_l": "https://t.me/mara_l telegram.me/mara_l t.me/s/mara_l mara_l.t.me/",
    "threads:mara.lind": "https://www.threads.net/@mara.lind threads.com/@Mara.Lind",
    "tiktok:mara.lind": "https://www.tiktok.com/@mara.lind m.tiktok.com/@Mara.Lind?lang=de",
    "tumblr:mara": "https://mara.tumblr.com tumblr.com/mara https://www.tumblr.com/blog/view/mara "
    "mara.tumblr.com/archive",
    "twitch:mara": "https://www.twitch.tv/mara m.twitch.tv/mara/videos twitch.tv/mara/about",
    "unsplash:mara": "https://unsplash.com/@mara",
    "vimeo:mara": "https://vimeo.com/mara",
    "vk:mara": "https://vk.com/mara m.vk.com/mara vk.ru/mara",
    "weibo:mara": "https://weibo.com/mara weibo.com/n/mara",
    "wikidata:Q42": "https://www.wikidata.org/wiki/Q42 http://www.wikidata.org/entity/Q42",
    "x:mara": "x.com/mara https://twitter.com/Mara mobile.twitter.com/mara?lang=en https://www.x.com/@mara "
    "twitter.com/#!/mara "
    "https://twitter.com/intent/follow?screen_name=mara https://x.com/mara/with_replies "
    "https://twitter.com/mara. //x.com/mara",
    "xing:mara_lind": "https://www.xing.com/profile/Mara_Lind xing.com/profile/mara_lind/cv",
    "youtube:mara": "youtube.com/@mara https://www.youtube.com/c/Mara youtube.com/user/mara m.youtube.com/mara "
    "https://youtube.com/@mara/videos https://www.youtube.com/@Mara?sub_confirmation=1",
}
IDS = {
    "apple_music:123": "https://music.apple.com/us/artist/mara/123 itunes.apple.com/de/artist/id123",
    "apple_podcasts:123": "https://podcasts.apple.com/us/podcast/mara-talks/id123?i=1000",
    "bluesky:did:plc:abc123": "https://bsky.app/profile/did:plc:abc123",
    "discord:123456789012345678": "https://discord.com/users/123456789012345678",
    "facebook:100012345678": "https://www.facebook.com/profile.php?id=100012345678 "
    "facebook.com/people/Mara-Lind/100012345678 "
    "https://m.facebook.com/profile.php?id=100012345678&ref=x facebook.com/100012345678",
    "flickr:123456@N01": "https://www.flickr.com/photos/123456@N01/",
    "goodreads:author/show/12": "https://www.goodreads.com/author/show/12.Mara_Lind",
    "imdb:nm0000123": "https://m.imdb.com/name/nm0000123/ imdb.com/de/name/nm0000123",
    "medium:abcdef012345": "https://medium.com/u/abcdef012345",
    "patreon:77": "https://www.patreon.com/user?u=77",
    "spotify:artist/1vCWHaC5f2uS3yhpwWbIA6": "https://open.spotify.com/artist/1vCWHaC5f2uS3yhpwWbIA6 "
    "open.spotify.com/intl-de/artist/1vCWHaC5f2uS3yhpwWbIA6",
    "stackoverflow:22656": "https://stackoverflow.com/users/22656/mara stackoverflow.com/users/22656",
    "steam:76561197960287930": "https://steamcommunity.com/profiles/76561197960287930",
    "strava:123": "https://www.strava.com/athletes/123",
    "vimeo:123": "https://vimeo.com/user123",
    "vk:id123": "https://vk.com/id123",
    "weibo:1234567": "https://weibo.com/u/1234567 m.weibo.cn/u/1234567",
    "whatsapp:4930901820": "https://wa.me/4930901820 https://api.whatsapp.com/send?phone=4930901820&text=hi",
    "x:12": "https://twitter.com/intent/user?user_id=12 x.com/i/user/12",
    f"youtube:{CHANNEL}": f"https://www.youtube.com/channel/{CHANNEL} youtube.com/channel/{CHANNEL}/videos",
}
REFUSED = {
    RefusalReason.CONTENT: "https://x.com/mara/status/1 youtube.com/watch?v=abc https://youtu.be/abc "
    "instagram.com/p/abc "
    "https://github.com/mara/repo tiktok.com/@mara/video/1 https://mara.substack.com/p/post reddit.com/r/python "
    "https://social.example/@mara/1234 discord.gg/abc medium.com/@mara/a-post-1 facebook.com/sharer.php?u=x "
    "vimeo.com/groups/x/videos/1 "
    "https://www.linkedin.com/posts/mara_x pinterest.com/pin/12 https://open.spotify.com/track/12 t.me/mara_l/33",
    RefusalReason.PLATFORM_PAGE: "https://twitter.com github.com/login https://docs.github.com/en "
    "instagram.com/explore "
    "https://www.tiktok.com/ about.instagram.com https://help.x.com/en facebook.com/groups linktr.ee/login "
    "blog.twitch.tv",
    RefusalReason.SHORTENER: "https://bit.ly/abc t.co/abc https://lnkd.in/abc vm.tiktok.com/abc "
    "https://goo.gl/x www.tinyurl.com/x",
    RefusalReason.UNSUPPORTED_SCHEME: "ftp://mara.example javascript:alert(1) mailto:mara@mara.example "
    "data:text/html,x tel:+4930901820",
    RefusalReason.CREDENTIALS: "https://mara:secret@mara.example/ http://mara@mara.example "
    "https://github.com:x@mara.example",
    RefusalReason.PRIVATE_ADDRESS: "http://127.0.0.1/x http://localhost:8000 http://10.0.0.1 http://[::1]/ "
    "https://nas.local/ "
    "http://2130706433/ http://169.254.169.254/latest http://0x7f.1/",
    RefusalReason.NOT_A_URL: "hello Node.js https:// mara@mara.example 🦊 https://[ ... a..b",
    RefusalReason.INVALID_USERNAME: "https://x.com/mara-lind github.com/mara_l https://x.com/🦊 instagram.com/.mara",
}


def _each(table: dict[str, str]) -> list[tuple[str, str]]:
    return [(key, url) for key, urls in table.items() for url in urls.split(" ")]


@pytest.mark.parametrize(("key", "url"), _each(USERNAMES))
def test_a_url_names_its_account(key: str, url: str) -> None:
    parsed = parse_url(url)
    assert isinstance(parsed, PlatformAccount)
    assert (parsed.key, parsed.account_id) == (key, None)
    assert parse_url(parsed.url) == parsed


@pytest.mark.parametrize(("key", "url"), _each(IDS))
def test_a_url_with_the_platforms_id_gives_the_id(key: str, url: str) -> None:
    parsed = parse_url(url)
    assert isinstance(parsed, PlatformAccount)
    assert (parsed.key, parsed.username) == (key, None)
    assert parse_url(parsed.url) == parsed


def test_every_platform_has_a_form_here() -> None:
    covered = {key.partition(":")[0] for key in USERNAMES | IDS}
    assert covered == {platform.value for platform in Platform} - {"website", "other"}


@pytest.mark.parametrize(
    ("reason", "url"),
    [(reason, url) for reason, urls in REFUSED.items() for url in urls.split(" ")],
    ids=lambda value: str(value),
)
def test_a_refusal_has_its_reason_and_quotes_nothing(reason: RefusalReason, url: str) -> None:
    parsed = parse_url(url)
    assert isinstance(parsed, Refusal)
    assert parsed.reason is reason
    assert "mara" not in parsed.detail
    assert "secret" not in repr(parsed)


@pytest.mark.parametrize(
    ("text", "url", "host"),
    [
        ("https://www.Mara.example/About/?utm_source=x&fbclid=y#top", "https://mara.example/About", "mara.example"),
        ("mara.dev", "https://mara.dev", "mara.dev"),
        ("http://blog.mara.co.uk/", "https://blog.mara.co.uk", "mara.co.uk"),
        ("https://mara.dev:8443/x?b=2&a=1", "https://mara.dev:8443/x?a=1&b=2", "mara.dev"),
        ("https://mara.netlify.app", "https://mara.netlify.app", "mara.netlify.app"),
        ("https://mara.wordpress.com/hi", "https://mara.wordpress.com/hi", "mara.wordpress.com"),
        ("https://mara.blogspot.com", "https://mara.blogspot.com", "mara.blogspot.com"),
        ("https://müller.de/", "https://xn--mller-kva.de", "xn--mller-kva.de"),
        ("https: //mara.dev", "https://mara.dev", "mara.dev"),
        ("https:https://mara.dev", "https://mara.dev", "mara.dev"),
    ],
)
def test_a_page_of_ones_own_is_canonical_with_the_host_of_its_owner(text: str, url: str, host: str) -> None:
    assert parse_url(text) == PlainUrl(url=url, host=host)


@pytest.mark.parametrize(
    "text", ["https://docs.google.com/document/d/1", "https://leetcode.com/mara", "https://club.example/users/mara"]
)
def test_a_site_with_pages_of_many_people_is_shared(text: str) -> None:
    parsed = parse_url(text)
    assert isinstance(parsed, PlainUrl)
    assert parsed.shared


def test_a_site_below_a_platforms_suffix_names_the_account_that_owns_it() -> None:
    parsed = parse_url("https://mara.github.io/blog")
    assert isinstance(parsed, PlainUrl)
    assert parsed.owner is not None
    assert (parsed.host, parsed.owner.key) == ("mara.github.io", "github:mara")


@pytest.mark.parametrize("text", ["https://x.com/mara\ud83d", "mara.example/\udc00/a", "\ud83d.example"])
def test_half_an_emoji_does_not_make_it_raise(text: str) -> None:
    parsed = parse_url(text)
    if not isinstance(parsed, Refusal):
        assert parsed.url.isascii()


def test_credentials_are_taken_off() -> None:
    parsed = parse_url("https://mara:secret@mara.example/x?y=1")
    assert isinstance(parsed, Refusal)
    assert parsed.stripped == "https://mara.example/x?y=1"


@given(
    st.one_of(
        st.text(), st.text(alphabet="htps:/@.?#=%[]wx.comgithub-\\ \u202e🦊"), st.from_regex(r"https?://\S{0,40}")
    )
)
def test_no_text_makes_it_raise(text: str) -> None:
    parsed = parse_url(text)
    if isinstance(parsed, PlainUrl):
        assert "@" not in parsed.url.split("/")[2]
        again = parse_url(parsed.url)
        assert isinstance(again, PlainUrl)
        assert (again.url, again.host) == (parsed.url, parsed.host)
    elif isinstance(parsed, PlatformAccount):
        assert parse_url(parsed.url) == parsed
