/** The member profiles, each with the link that holds it. */

import { Anchor, Group, Stack, Text, Title } from "@mantine/core";
import { Followers, Outside, PlatformTag, Probability, When } from "@/component/fact";
import { holding } from "@/logic/holding";
import { count } from "@/logic/number";
import { profileTitle } from "@/logic/title";
import { edgeId } from "@/logic/web";
import { DECIDER_NAME, platformName } from "@/logic/word";
import classes from "@/page/creator/members.module.css";
import type { LinkFactFragment, ProfileCardFragment } from "@/generated/graphql";

interface MembersProps {
  profiles: readonly ProfileCardFragment[];
  links: readonly LinkFactFragment[];
  more: boolean;
  onLink: (link: string) => void;
}

export function Members({ profiles, links, more, onLink }: MembersProps) {
  return (
    <section className="cg-panel" aria-labelledby="members">
      <Stack gap="xs" p="sm">
        <Title order={2} id="members">
          {count(profiles.length, "profile")}
          {more ? " of more" : ""}
        </Title>
        {profiles.map((profile) => (
          <article key={profile.id} className={classes.card}>
            <Group gap={6} align="baseline">
              <Text fw={600} component="h3" size="sm">
                <bdi>{profileTitle(profile)}</bdi>
              </Text>
              <PlatformTag platform={profile.platform} />
              <Text size="xs" c="dimmed" component="span">
                <Followers profile={profile} /> · seen <When at={profile.provenance.observedAt ?? profile.lastSeenAt} />
              </Text>
            </Group>
            {profile.url === null ? null : (
              <Text size="xs">
                <Outside url={profile.url} />
              </Text>
            )}
            {profile.bio === null ? null : (
              <Text size="sm" lineClamp={2} dir="auto">
                {profile.bio}
              </Text>
            )}
            {profiles.length > 1 ? <Held profile={profile} profiles={profiles} links={links} onLink={onLink} /> : null}
          </article>
        ))}
        {more ? (
          <Text size="sm" c="dimmed">
            Only the {profiles.length} most followed are shown. One person rarely has more: look at the open questions first.
          </Text>
        ) : null}
      </Stack>
    </section>
  );
}

function Held({ profile, profiles, links, onLink }: { profile: ProfileCardFragment } & Omit<MembersProps, "more">) {
  const link = holding(profile.id, links);
  if (link === null) {
    return (
      <Text size="xs" c="dimmed">
        No link holds it: a rule or a person put it here.
      </Text>
    );
  }
  const otherId = link.left.id === profile.id ? link.right.id : link.left.id;
  const other = profiles.find((each) => each.id === otherId);
  return (
    <Text size="xs" component="div">
      <span className="cg-quiet">held by </span>
      <Probability value={link.probability} />
      <span className="cg-quiet">
        {" "}
        to {other === undefined ? "another profile" : `${profileTitle(other)} on ${platformName(other.platform)}`}, scored by {DECIDER_NAME[link.decidedBy]} ·{" "}
      </span>
      <Anchor component="button" type="button" size="xs" onClick={() => onLink(edgeId(link.left.id, link.right.id))}>
        evidence
      </Anchor>
    </Text>
  );
}
