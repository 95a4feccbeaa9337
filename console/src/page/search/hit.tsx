/** A creator that was found, through which profile, and why it ranks where it does. */

import { Button, Group, Stack, Text, VisuallyHidden } from "@mantine/core";
import { Followers, KeyHint, PlatformTag } from "@/component/fact";
import { CreatorLink } from "@/component/link";
import { short } from "@/logic/number";
import { profileTitle } from "@/logic/title";
import { KIND_NAME, platformName } from "@/logic/word";
import { WhyRanked } from "@/page/search/why-ranked";
import type { CreatorNameFragment, HitFragment, ProfileNameFragment } from "@/generated/graphql";

interface HitProps {
  creator: CreatorNameFragment & { verifiedAnywhere: boolean };
  profile: ProfileNameFragment & { bio: string | null };
  /** Null where the name was looked for: nothing is ranked then but by followers. */
  hit: HitFragment | null;
  onSimilar: (creatorId: string) => void;
}

export function HitCard({ creator, profile, hit, onSimilar }: HitProps) {
  const said = hit !== null && hit.highlights.length > 0 ? hit.highlights.join(" … ") : profile.bio;
  return (
    <article className="cg-panel" data-creator={creator.id}>
      <Stack gap={3} p="xs">
        <Group justify="space-between" wrap="nowrap" align="start" gap="xs">
          <Group gap={6}>
            <Text fw={600} component="h2" size="sm">
              <CreatorLink id={creator.id} name={creator.displayName} />
            </Text>
            <Text size="xs" c="dimmed" component="span">
              {creator.kind === "UNKNOWN" ? "" : `${KIND_NAME[creator.kind]} · `}
              {short(creator.totalFollowers)} followers{creator.verifiedAnywhere ? " · verified" : ""}
            </Text>
            {creator.platforms.slice(0, 6).map((platform) => (
              <PlatformTag key={platform} platform={platform} />
            ))}
          </Group>
          <Button
            size="compact-xs"
            variant="subtle"
            flex="none"
            onClick={() => onSimilar(creator.id)}
            rightSection={<KeyHint>S</KeyHint>}
          >
            Similar<VisuallyHidden> to {creator.displayName}</VisuallyHidden>
          </Button>
        </Group>
        {said === null ? null : (
          <Text size="sm" lineClamp={2} dir="auto">
            {said}
          </Text>
        )}
        {hit === null ? null : <WhyRanked hit={hit} />}
        <Text size="xs" c="dimmed" component="div">
          {hit === null ? "Best known as" : "Matched by"} <bdi>{profileTitle(profile)}</bdi> on {platformName(profile.platform)},{" "}
          <Followers profile={profile} />
        </Text>
      </Stack>
    </article>
  );
}
