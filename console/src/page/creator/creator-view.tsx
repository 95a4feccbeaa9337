/** The page of a living creator: record, members, graph, history, and what a steward can do about it. */

import { Grid, Stack } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useClient } from "urql";
import type { CreatorAddress } from "@/app/address";
import { useSession } from "@/app/session";
import { usePageKeys } from "@/component/keys";
import { type ProblemWords, Problem, wordsOf } from "@/component/state";
import { CREATOR } from "@/logic/key";
import { parted, write } from "@/logic/group";
import { Done } from "@/page/creator/done";
import { GoldenPanel } from "@/page/creator/golden";
import { CreatorHeader } from "@/page/creator/header";
import { History } from "@/page/creator/history";
import { Members } from "@/page/creator/members";
import { MergePanel } from "@/page/creator/merge";
import { SplitPanel } from "@/page/creator/split";
import { WebPanel } from "@/page/creator/web-panel";
import { type CreatorPageFragment, type EventLineFragment, UndoDocument } from "@/generated/graphql";

interface ViewProps {
  creator: CreatorPageFragment;
  address: CreatorAddress;
  change: (next: Partial<CreatorAddress>) => void;
  refresh: () => void;
}

/** What was just done here, and the decision whose undo takes all of it back. */
export interface Act {
  text: string;
  decisionId: string | null;
  others: readonly { id: string; displayName: string }[];
}

export function CreatorView({ creator, address, change, refresh }: ViewProps) {
  const { mayDecide } = useSession();
  const [done, setDone] = useState<Act | null>(null);
  const [problem, setProblem] = useState<ProblemWords | null>(null);
  const client = useClient();
  const navigate = useNavigate();
  const profiles = creator.profiles.edges.map((edge) => edge.node);
  const links = creator.links.edges.map((edge) => edge.node);

  const close = () => change({ act: undefined, groups: undefined, with: undefined });
  const finish = (act: Act) => {
    close();
    setProblem(null);
    setDone(act);
    refresh();
  };
  const undo = async () => {
    if (done?.decisionId == null) return;
    const { data, error } = await client.mutation(UndoDocument, { decisionId: done.decisionId }).toPromise();
    const outcome = data?.undo;
    if (outcome?.__typename === "DecisionMade") {
      setDone({ text: "Taken back: everybody is where they were.", decisionId: null, others: [] });
      refresh();
    } else if (outcome !== undefined) setProblem(outcome);
    else if (error !== undefined) setProblem(wordsOf(error));
  };
  const restore = (event: EventLineFragment) => {
    // what a merge or a join brought is parted again; what a split took is merged again
    const apart = event.kind === "MERGED" || event.kind === "JOINED";
    const ids = profiles.map((profile) => profile.id);
    if (apart) change({ act: "split", groups: write(parted(ids, event.profileIds)), with: undefined });
    else if (event.otherId !== null) change({ act: "merge", with: event.otherId, groups: undefined });
  };
  const similar = () => void navigate({ to: "/search", search: { similar: creator.id } });

  usePageKeys(CREATOR, {
    similar,
    close,
    ...(mayDecide
      ? {
          split: () => profiles.length > 1 && change({ act: "split", with: undefined }),
          merge: () => change({ act: "merge", groups: undefined }),
          undo: () => void undo(),
        }
      : {}),
  });

  return (
    <Stack gap="xs">
      <CreatorHeader creator={creator} mayDecide={mayDecide} act={address.act} change={change} onSimilar={similar} />
      {done === null ? null : <Done act={done} onUndo={() => void undo()} onClose={() => setDone(null)} />}
      {problem === null ? null : <Problem problem={problem} onClose={() => setProblem(null)} />}
      {mayDecide && address.act === "split" ? (
        <SplitPanel
          creator={creator}
          profiles={profiles}
          groups={address.groups}
          change={change}
          onClose={close}
          onDone={finish}
        />
      ) : null}
      {mayDecide && address.act === "merge" ? (
        <MergePanel creator={creator} other={address.with} change={change} onClose={close} onDone={finish} />
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
