/** Another creator found by name, then what joining the two would change. */

import { Button, Group, Stack, Text, TextInput, Title } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { useMutation, useQuery } from "urql";
import type { CreatorAddress } from "@/app/address";
import { PlatformTag } from "@/component/fact";
import { Failed, Problem, type ProblemWords, Waiting, wordsOf } from "@/component/state";
import { short } from "@/logic/number";
import { PreviewPanel } from "@/page/creator/preview";
import { isBehind, Refusal, type Refused } from "@/page/creator/refusal";
import { type Act, stay } from "@/page/creator/use-done";
import {
  CreatorBriefDocument,
  type CreatorPageFragment,
  CreatorsByNameDocument,
  MergeDocument,
  PreviewMergeDocument,
} from "@/generated/graphql";

interface MergeProps {
  creator: CreatorPageFragment;
  other: string | undefined;
  change: (next: Partial<CreatorAddress>) => void;
  onClose: () => void;
  onDone: (act: Act) => void;
  /** The creator has changed since it was read. */
  onStale: () => void;
}

export function MergePanel(props: MergeProps) {
  return (
    <section className="cg-panel" aria-labelledby="merge">
      <Stack gap="xs" p="sm">
        <Title order={2} id="merge">
          Merge
        </Title>
        {props.other === undefined ? <Choose {...props} /> : <Confirm {...props} other={props.other} />}
      </Stack>
    </section>
  );
}

function Choose({ creator, change, onClose }: MergeProps) {
  const [name, setName] = useState("");
  const [asked] = useDebouncedValue(name.trim(), 200);
  const [{ data, error, fetching }] = useQuery({
    query: CreatorsByNameDocument,
    variables: { name: asked },
    pause: asked === "",
  });
  const found =
    asked === "" ? [] : (data?.creators.edges ?? []).map((edge) => edge.node).filter((each) => each.id !== creator.id);
  return (
    <>
      <Group align="end" gap="xs">
        <TextInput
          label="Name of the other creator"
          flex={1}
          autoFocus
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button variant="default" onClick={onClose}>
          Leave it
        </Button>
      </Group>
      {error === undefined ? null : <Failed error={error} />}
      {asked !== "" && !fetching && error === undefined && found.length === 0 ? (
        <Text size="sm">No other creator has “{asked}” in its name. Try a part of it.</Text>
      ) : null}
      {found.map((each) => (
        <Group key={each.id} gap="xs">
          <Button size="compact-sm" variant="default" onClick={() => change({ with: each.id })}>
            <bdi>{each.displayName}</bdi>
          </Button>
          <Text size="sm" c="dimmed">
            {short(each.totalFollowers)} followers
          </Text>
          {each.platforms.slice(0, 5).map((platform) => (
            <PlatformTag key={platform} platform={platform} />
          ))}
        </Group>
      ))}
    </>
  );
}

function Confirm({ creator, other, change, onClose, onDone, onStale }: MergeProps & { other: string }) {
  const [{ data: brief, error: unknown }, againBrief] = useQuery({
    query: CreatorBriefDocument,
    variables: { id: other },
    requestPolicy: "network-only",
  });
  // whoever the other one is by now: its id may have been retired
  const partner = living(brief?.creator);
  const ids = [creator.id, partner?.id ?? other];
  const [{ data, error }, again] = useQuery({
    query: PreviewMergeDocument,
    variables: { creatorIds: ids },
    pause: partner === null,
    requestPolicy: "network-only",
  });
  const [{ fetching: busy }, merge] = useMutation(MergeDocument);
  const [refused, setRefused] = useState<Refused | null>(null);
  const [problem, setProblem] = useState<ProblemWords | null>(null);
  const [said, setSaid] = useState<string | null>(null);

  const go = async (comment: string | null, override: boolean) => {
    if (partner === null) return;
    setSaid(comment);
    const { data: made, error: failed } = await merge({
      creatorIds: ids,
      comment,
      expectedVersions: [creator.version, partner.version],
      override,
    });
    const outcome = made?.mergeCreators;
    if (outcome?.__typename === "IdentityChanged") {
      onDone({
        text: "Merged.",
        decisionId: outcome.decisions[0]?.id ?? null,
        creators: outcome.creators,
        to: stay(outcome.creators, creator.id, partner.id),
      });
    } else if (outcome !== undefined) {
      setRefused(outcome);
      if (isBehind(outcome)) {
        onStale();
        again({ requestPolicy: "network-only" });
        againBrief({ requestPolicy: "network-only" });
      }
    } else if (failed !== undefined) setProblem(wordsOf(failed));
  };

  const failure = error ?? unknown;
  if (failure !== undefined) return <Failed error={failure} retry={() => change({ with: undefined })} />;
  if (brief !== undefined && partner === null) {
    return (
      <Group gap="xs">
        <Text size="sm">The other creator is no more.</Text>
        <Button size="xs" variant="default" onClick={() => change({ with: undefined })}>
          Choose another
        </Button>
      </Group>
    );
  }
  if (data === undefined || partner === null) return <Waiting label="what would change" lines={3} />;
  return (
    <>
      {problem === null ? null : <Problem problem={problem} onClose={() => setProblem(null)} />}
      {refused === null ? null : <Refusal refused={refused} onOverride={() => void go(said, true)} onKeep={onClose} />}
      <PreviewPanel
        preview={data.previewMerge}
        verb="Merge"
        said={said}
        own={ids}
        busy={busy}
        onGo={(comment) => void go(comment, false)}
        onClose={onClose}
      />
    </>
  );
}

type Found =
  | { __typename: "Creator"; id: string; version: number }
  | { __typename: "CreatorRedirect"; creator: { id: string; version: number } }
  | { __typename: "CreatorErased" };

function living(found: Found | null | undefined): { id: string; version: number } | null {
  if (found?.__typename === "Creator") return found;
  return found?.__typename === "CreatorRedirect" ? found.creator : null;
}
