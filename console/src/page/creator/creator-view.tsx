/** The page of a living creator: record, members, graph, history, and what a steward can do about it. */

import { Grid, Stack } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import type { CreatorAddress } from "@/app/address";
import { useSession } from "@/app/session";
import { usePageKeys } from "@/component/keys";
import { CREATOR } from "@/logic/key";
import { parted, write } from "@/logic/group";
import { GoldenPanel } from "@/page/creator/golden";
import { CreatorHeader } from "@/page/creator/header";
import { History } from "@/page/creator/history";
import { Members } from "@/page/creator/members";
import { MergePanel } from "@/page/creator/merge";
import { SplitPanel } from "@/page/creator/split";
import type { Act } from "@/page/creator/use-done";
import { WebPanel } from "@/page/creator/web-panel";
import type { CreatorPageFragment, EventLineFragment } from "@/generated/graphql";

interface ViewProps {
  creator: CreatorPageFragment;
  address: CreatorAddress;
  change: (next: Partial<CreatorAddress>) => void;
  refresh: () => void;
  onDone: (act: Act) => void;
}

export function CreatorView({ creator, address, change, refresh, onDone }: ViewProps) {
  const { mayDecide } = useSession();
  const navigate = useNavigate();
  const profiles = creator.profiles.edges.map((edge) => edge.node);
  const links = creator.links.edges.map((edge) => edge.node);

  const close = () => change({ act: undefined, groups: undefined, with: undefined });
  const restore = (event: EventLineFragment) => {
    // what a merge or a join brought is parted again; what a split took is merged again
    const apart = event.kind === "MERGED" || event.kind === "JOINED";
    const ids = profiles.map((profile) => profile.id);
    if (apart) change({ act: "split", groups: write(parted(ids, event.profileIds)), with: undefined });
    else if (event.otherId !== null) change({ act: "merge", with: event.otherId, groups: undefined });
  };
  const similar = () => void navigate({ to: "/search", search: { similar: creator.id } });

  // the undo is bound by what says that there is something to undo
  usePageKeys(CREATOR, {
    similar,
    close,
    ...(mayDecide
      ? {
          split: () => profiles.length > 1 && change({ act: "split", with: undefined }),
          merge: () => change({ act: "merge", groups: undefined }),
        }
      : {}),
  });

  return (
    <Stack gap="xs">
      <CreatorHeader creator={creator} mayDecide={mayDecide} act={address.act} change={change} onSimilar={similar} />
      {mayDecide && address.act === "split" ? (
        <SplitPanel
          creator={creator}
          profiles={profiles}
          more={creator.profiles.pageInfo.hasNextPage}
          groups={address.groups}
          change={change}
          onClose={close}
          onDone={onDone}
          onStale={refresh}
        />
      ) : null}
      {mayDecide && address.act === "merge" ? (
        <MergePanel
          creator={creator}
          other={address.with}
          change={change}
          onClose={close}
          onDone={onDone}
          onStale={refresh}
        />
      ) : null}
      <Grid gap="xs">
        <Grid.Col span={{ base: 12, md: 5, lg: 3 }}>
          <GoldenPanel golden={creator.golden} />
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 7, lg: 5 }}>
          <Members
            profiles={profiles}
            links={links}
            more={creator.profiles.pageInfo.hasNextPage}
            onLink={(link) => change({ link })}
          />
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 4 }}>
          <WebPanel
            creatorId={creator.id}
            version={creator.version}
            profiles={profiles}
            links={links}
            chosen={address.link}
            change={change}
          />
        </Grid.Col>
      </Grid>
      <History creatorId={creator.id} version={creator.version} profiles={profiles} onRestore={mayDecide ? restore : undefined} />
    </Stack>
  );
}
