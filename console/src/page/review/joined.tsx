/** What the decision would join or part: the creator of each side. */

import { Group, Text } from "@mantine/core";
import { lazy, Suspense, useMemo } from "react";
import { CreatorLink } from "@/component/link";
import { Waiting } from "@/component/state";
import { count, short } from "@/logic/number";
import { pairWeb } from "@/logic/web";
import type { CreatorWebFragment } from "@/generated/graphql";
import type { Item } from "@/page/review/line";

const Web = lazy(() => import("@/component/web"));

export function Joined({ item, graph }: { item: Item; graph: boolean }) {
  const { leftCreator: left, rightCreator: right } = item;
  if (left == null || right == null) return null;
  const one = left.id === right.id;
  return (
    <section className="cg-panel" aria-label="The creators of both sides">
      <Group gap="xs" px="sm" py={6}>
        <Text size="sm" c="dimmed">
          {one ? "Both belong to" : "Would join"}
        </Text>
        <Side creator={left} />
        {one ? (
          <Text size="sm" c="dimmed">
            Different would part {count(item.impact.members, "profile")} with {short(item.impact.followers)} followers from it.
          </Text>
        ) : (
          <>
            <span aria-hidden>⟷</span>
            <Side creator={right} />
          </>
        )}
      </Group>
      {graph ? (
        <Suspense fallback={<Waiting label="the graph" lines={3} />}>
          <PairGraph item={item} left={left} right={right} />
        </Suspense>
      ) : null}
    </section>
  );
}

function Side({ creator }: { creator: CreatorWebFragment }) {
  const known = creator.profiles.edges.length;
  const more = creator.profiles.pageInfo.hasNextPage ? "+" : "";
  return (
    <Text size="sm" component="span">
      <CreatorLink id={creator.id} name={creator.displayName} />{" "}
      <span className="cg-quiet">
        ({known === 1 && more === "" ? "1 profile" : `${known}${more} profiles`}, {short(creator.totalFollowers)} followers)
      </span>
    </Text>
  );
}

function PairGraph({ item, left, right }: { item: Item; left: CreatorWebFragment; right: CreatorWebFragment }) {
  const web = useMemo(() => pairWeb(item, left, right), [item, left, right]);
  return <Web web={web} height={210} label="The profiles of both creators and their links" />;
}
