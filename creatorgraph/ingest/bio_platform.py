"""Table rows of link-in-bio pages: one page lists the accounts of one person."""

from creatorgraph.domain.platform import Platform
from creatorgraph.ingest.platform_rule import TABS, USER, PlatformRule, reserve

LABEL = r"[a-z0-9](?:[a-z0-9\-]{0,61}[a-z0-9])?"

BIO: tuple[PlatformRule, ...] = (
    PlatformRule(
        platform=Platform.BEACONS,
        hosts=("beacons.ai", "beacons.page"),
        names=r"[\w.\-]{1,40}",
        reserved=reserve("i creator-tools"),
    ),
    PlatformRule(
        platform=Platform.BIODROP, hosts=("biodrop.io", "linkfree.io"), names=r"[\w.\-]{1,64}", reserved=reserve("docs")
    ),
    PlatformRule(platform=Platform.BIOLINK, hosts=("bio.link",), names=r"[\w.\-]{1,40}"),
    PlatformRule(
        platform=Platform.CARRD,
        hosts=("carrd.co", "crd.co"),
        paths=(),
        names=LABEL,
        home="https://{user}.carrd.co",
        subdomain=True,
    ),
    PlatformRule(
        platform=Platform.CAMPSITE,
        hosts=("campsite.bio", "campsite.to"),
        names=r"[\w.\-]{1,40}",
    ),
    PlatformRule(platform=Platform.HOOBE, hosts=("hoo.be",), names=r"[\w.\-]{1,40}"),
    PlatformRule(
        platform=Platform.KOJI, hosts=("koji.to", "withkoji.com"), paths=(f"@?{USER}",), names=r"[\w.\-]{1,40}"
    ),
    PlatformRule(
        platform=Platform.LINKTREE,
        hosts=("linktr.ee", "linktree.com"),
        paths=(f"@?{USER}",),
        names=r"[\w.\-]{1,40}",
        reserved=reserve("s marketplace solutions"),
        tabs=TABS | {"shop"},
    ),
    PlatformRule(platform=Platform.LNKBIO, hosts=("lnk.bio",), paths=(f"@?{USER}",), names=r"[\w.\-]{1,40}"),
    PlatformRule(platform=Platform.LINKINBIO, hosts=("linkin.bio",), names=r"[\w.\-]{1,40}"),
    PlatformRule(platform=Platform.SOLO, hosts=("solo.to",), names=r"[\w.\-]{1,40}"),
    PlatformRule(
        platform=Platform.TAPLINK,
        hosts=("taplink.cc", "taplink.at", "taplink.ws"),
        paths=(f"@?{USER}",),
        names=r"[\w.\-]{1,40}",
    ),
)
