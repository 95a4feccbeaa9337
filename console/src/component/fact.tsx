/** Small facts, each shown with what it means. */

import { Anchor, Badge, Box, Group, Kbd, Text, Tooltip, VisuallyHidden } from "@mantine/core";
import type { ReactNode } from "react";
import { BAND_NAME, bandOf, meaning, probabilityText } from "@/logic/band";
import { short, whole } from "@/logic/number";
import { exact, relative } from "@/logic/when";
import { profileTitle } from "@/logic/title";
import { platformName } from "@/logic/word";
import { useNow } from "@/component/now";
import type { Band, Platform, ProfileNameFragment } from "@/generated/graphql";

/** A time: relative, the exact one on hover and for readers of the screen. What is not `ahead` is past also where this clock is behind. */
export function When({ at, ahead = false }: { at: string; ahead?: boolean }) {
  const present = useNow();
  const now = ahead ? present : Math.max(present, Date.parse(at));
  return (
    <Tooltip label={exact(at)}>
      <time dateTime={at} title={exact(at)}>
        {relative(at, now)}
      </time>
    </Tooltip>
  );
}

/** A probability with its band, and in words on hover or focus. */
export function Probability({ value, quiet = false }: { value: number; quiet?: boolean }) {
  return (
    <Tooltip label={meaning(value)}>
      <Text component="span" size="sm" tabIndex={quiet ? undefined : 0} aria-label={meaning(value)} role="img">
        <b>{probabilityText(value)}</b> <span className="cg-quiet">{BAND_NAME[bandOf(value)]}</span>
      </Text>
    </Tooltip>
  );
}

export function BandName({ band }: { band: Band }) {
  return (
    <Badge variant="default" radius="sm" tt="none" fw={500}>
      {BAND_NAME[band]}
    </Badge>
  );
}

export function Followers({ profile }: { profile: { followers: number | null; lastSeenAt: string } }) {
  const now = useNow();
  if (profile.followers === null) return <span className="cg-quiet">followers not known</span>;
  return (
    <Tooltip
      label={`${whole(profile.followers)} followers, seen ${relative(profile.lastSeenAt, now)} (${exact(profile.lastSeenAt)})`}
    >
      <span>{short(profile.followers)} followers</span>
    </Tooltip>
  );
}

export function PlatformTag({ platform }: { platform: Platform }) {
  return (
    <Badge variant="default" radius="sm" tt="none" fw={500} size="sm" flex="none">
      {platformName(platform)}
    </Badge>
  );
}

export function ProfileName({ profile }: { profile: ProfileNameFragment }) {
  return (
    <Group gap={6} wrap="wrap" component="span" display="inline-flex">
      <bdi>{profileTitle(profile)}</bdi>
      {profile.displayName !== null && profile.username !== null ? <bdi className="cg-quiet">@{profile.username}</bdi> : null}
      <PlatformTag platform={profile.platform} />
    </Group>
  );
}

/** A link that leaves the console; only addresses of the web are links. */
export function Outside({ url }: { url: string }) {
  if (!/^https?:\/\//iu.test(url)) return <bdi>{url}</bdi>;
  return (
    <Anchor href={url} target="_blank" rel="noreferrer noopener" style={{ overflowWrap: "anywhere" }}>
      <bdi>{url.replace(/^https?:\/\/(www\.)?/iu, "").replace(/\/$/u, "")}</bdi>
      <VisuallyHidden> (opens in a new tab)</VisuallyHidden>
    </Anchor>
  );
}

/** A key beside what it does. */
export function KeyHint({ children }: { children: ReactNode }) {
  return (
    <Box component="span" visibleFrom="sm" aria-hidden>
      <Kbd size="xs">{children}</Kbd>
    </Box>
  );
}
