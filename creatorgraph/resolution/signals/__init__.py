"""The signals: every way in which two profiles are compared, one file each, registered here and nowhere else."""

from creatorgraph.resolution.signals import (
    account,
    audience,
    avatar,
    bio,
    company,
    email,
    fandom,
    followers,
    handle,
    identity,
    language,
    location,
    mailbox,
    occupation,
    phone,
    platform,
    website,
)
from creatorgraph.resolution.signals.signal import Signal

SIGNALS: tuple[Signal, ...] = (
    identity.SIGNAL,
    handle.SIGNAL,
    account.SIGNAL,
    email.SIGNAL,
    phone.SIGNAL,
    mailbox.SIGNAL,
    website.SIGNAL,
    avatar.SIGNAL,
    bio.SIGNAL,
    company.SIGNAL,
    occupation.SIGNAL,
    location.SIGNAL,
    language.SIGNAL,
    audience.SIGNAL,
    followers.SIGNAL,
    fandom.SIGNAL,
    platform.SIGNAL,
)
"""In the order of evidence rows and of the bits in a level code. Adding a signal is one file and one line here."""
