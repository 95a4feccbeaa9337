/** A creator that was found, and why it ranks where it does. */

import { Button, Group, Progress, Stack, Text, Tooltip } from "@mantine/core";
import { Followers, KeyHint, PlatformTag } from "@/component/fact";
import { CreatorLink } from "@/component/link";
import { short } from "@/logic/number";
import { profileTitle } from "@/logic/title";
import { KIND_NAME } from "@/logic/word";
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
            Similar
          </Button>
        </Group>
        {said === null ? null : (
          <Text size="sm" lineClamp={2} dir="auto">
            {said}
          </Text>
        )}
        {hit === null ? null : <WhyRanked hit={hit} />}
        <Text size="xs" c="dimmed" component="div">
          {hit === null ? "Best known as" : "Matched by"} <bdi>{profileTitle(profile)}</bdi>, <Followers profile={profile} />
        </Text>
      </Stack>
    </article>
  );
}

const SHADES = ["var(--cg-for)", "var(--cg-prior)", "var(--cg-against)", "var(--cg-focus)"] as const;

/** The API's `semantic` is what the page calls meaning. */
const partName = (part: string): string => (part === "semantic" ? "meaning" : part.replaceAll("_", " "));

/** The parts of the score side by side; their lengths add up to it. */
function WhyRanked({ hit }: { hit: HitFragment }) {
  const parts = hit.whyRanked.filter((part) => part.contribution > 0);
  const words = parts
    .map((part) => `${partName(part.part)} ${part.contribution.toFixed(2)} (${part.value.toFixed(2)} × ${part.weight.toFixed(2)})`)
    .join(", ");
  return (
    <Tooltip label={`Score ${hit.score.toFixed(2)}: ${words}`}>
      <Group gap={8} wrap="nowrap" tabIndex={0} role="img" aria-label={`Score ${hit.score.toFixed(2)}: ${words}`}>
        <Progress.Root size={5} flex={1} maw={260} aria-hidden>
          {parts.map((part, index) => (
            <Progress.Section
              key={part.part}
              value={Math.min(100, part.contribution * 100)}
              color={SHADES[index % SHADES.length] ?? SHADES[0]}
              aria-hidden
            />
          ))}
        </Progress.Root>
        <Text size="xs" c="dimmed" aria-hidden>
          {parts.map((part) => partName(part.part)).join(" + ")} {hit.score.toFixed(2)}
        </Text>
      </Group>
    </Tooltip>
  );
}
