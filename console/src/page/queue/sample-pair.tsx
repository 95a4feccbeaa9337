import { Group, Text } from "@mantine/core";
import { Followers, PlatformTag, Probability } from "@/component/fact";
import { PageAnchor } from "@/component/link";
import { Marked } from "@/component/marked";
import { profileTitle } from "@/logic/title";
import type { QueueRowFragment } from "@/generated/graphql";

/** A pair in one line, what both names share marked. */
export function SamplePair({ item }: { item: QueueRowFragment }) {
  const sides = [
    [item.left, item.right],
    [item.right, item.left],
  ] as const;
  return (
    <Group gap="xs">
      {sides.map(([profile, other], index) => (
        <Text key={profile.id} size="sm" component="span">
          {index === 0 ? "" : "· "}
          <Marked text={profileTitle(profile)} other={profileTitle(other)} />{" "}
          {profile.username === null || profile.displayName === null ? null : (
            <span className="cg-quiet">
              @<Marked text={profile.username} other={other.username} />{" "}
            </span>
          )}
          <PlatformTag platform={profile.platform} />{" "}
          <span className="cg-quiet">
            <Followers profile={profile} />
          </span>
        </Text>
      ))}
      {item.probability === null ? null : <Probability value={item.probability} />}
      <PageAnchor size="sm" to="/review/$itemId" params={{ itemId: item.id }} search={{}} target="_blank">
        open
      </PageAnchor>
    </Group>
  );
}
