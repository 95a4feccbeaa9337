/** Profiles into groups, by dragging, by number keys, or by the list beside each; the server says what would come of it. */

import { DndContext, type DragEndEvent, PointerSensor, useDraggable, useDroppable, useSensor, useSensors } from "@dnd-kit/core";
import { Group, NativeSelect, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { useMutation, useQuery } from "urql";
import type { CreatorAddress } from "@/app/address";
import { PlatformTag } from "@/component/fact";
import { Failed, type ProblemWords, Problem, Waiting, wordsOf } from "@/component/state";
import { columns, followed, MOST_GROUPS, move, named, read, write } from "@/logic/group";
import { count } from "@/logic/number";
import { profileTitle } from "@/logic/title";
import { platformName } from "@/logic/word";
import { PreviewPanel } from "@/page/creator/preview";
import { isBehind, Refusal, type Refused } from "@/page/creator/refusal";
import classes from "@/page/creator/split.module.css";
import { type Act, stay } from "@/page/creator/use-done";
import { type CreatorPageFragment, PreviewSplitDocument, type ProfileCardFragment, SplitDocument } from "@/generated/graphql";

interface SplitProps {
  creator: CreatorPageFragment;
  profiles: readonly ProfileCardFragment[];
  /** Whether the creator has more of them. */
  more: boolean;
  groups: string | undefined;
  change: (next: Partial<CreatorAddress>) => void;
  onClose: () => void;
  onDone: (act: Act) => void;
  /** The creator has changed since it was read. */
  onStale: () => void;
}

export function SplitPanel({ creator, profiles, more, groups: text, change, onClose, onDone, onStale }: SplitProps) {
  const groups = read(text, profiles.length);
  const ids = profiles.map((profile) => profile.id);
  const sets = named(ids, groups, more);
  const ready = sets.length > (more ? 0 : 1);
  // the letters in the address are about the profiles in their order: where that changes, each keeps its group
  const before = useRef(ids);
  useEffect(() => {
    if (before.current.join() === ids.join()) return;
    if (text !== undefined) change({ groups: write(followed(before.current, read(text, before.current.length), ids)) });
    before.current = ids;
  });
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: 4 } }));
  const [{ data, error, fetching }, again] = useQuery({
    query: PreviewSplitDocument,
    variables: { creatorId: creator.id, groups: sets },
    pause: !ready,
    requestPolicy: "network-only",
  });
  const [{ fetching: busy }, split] = useMutation(SplitDocument);
  const [refused, setRefused] = useState<Refused | null>(null);
  const [problem, setProblem] = useState<ProblemWords | null>(null);
  const [why, setWhy] = useState<string | null>(null);

  const put = (index: number, to: number) => {
    // a refusal was about other groups
    setRefused(null);
    change({ groups: write(move(groups, index, to)) });
  };
  const drop = ({ active, over }: DragEndEvent) => {
    if (over !== null) put(Number(active.id), Number(String(over.id).slice("group ".length)));
  };
  const go = async (comment: string | null, override: boolean) => {
    setWhy(comment);
    const { data: made, error: failed } = await split({
      creatorId: creator.id,
      groups: sets,
      comment,
      expectedVersion: creator.version,
      override,
    });
    const outcome = made?.splitCreator;
    if (outcome?.__typename === "IdentityChanged") {
      onDone({
        text: `Split into ${count(outcome.creators.length, "creator")}.`,
        decisionId: outcome.decisions[0]?.id ?? null,
        creators: outcome.creators,
        to: stay(outcome.creators, creator.id),
      });
    } else if (outcome !== undefined) {
      setRefused(outcome);
      if (isBehind(outcome)) {
        onStale();
        again({ requestPolicy: "network-only" });
      }
    } else if (failed !== undefined) setProblem(wordsOf(failed));
  };

  return (
    <section className="cg-panel" aria-labelledby="split">
      <Stack gap="xs" p="sm">
        <Title order={2} id="split">
          Split
        </Title>
        <Text size="sm" c="dimmed">
          Drag profiles into groups, or choose one with Tab and press the number of its group. Each group becomes a creator.
          {more ? ` The ${profiles.length} most followed are here; all others stay in group 1.` : ""}
        </Text>
        {problem === null ? null : <Problem problem={problem} onClose={() => setProblem(null)} />}
        {refused === null ? null : <Refusal refused={refused} onOverride={() => void go(why, true)} onKeep={onClose} />}
        <DndContext sensors={sensors} onDragEnd={drop}>
          <SimpleGrid cols={{ base: 1, xs: 2, md: Math.min(4, columns(groups)) }} spacing="xs">
            {Array.from({ length: columns(groups) }, (_, group) => (
              <Column key={group} group={group}>
                {profiles.map((profile, index) =>
                  groups[index] === group ? (
                    <Card key={profile.id} profile={profile} index={index} group={group} groups={columns(groups)} put={put} />
                  ) : null,
                )}
              </Column>
            ))}
          </SimpleGrid>
        </DndContext>
        {!ready ? (
          <Text size="sm">Put at least one profile into another group to see what would change.</Text>
        ) : error !== undefined ? (
          <Failed error={error} />
        ) : data === undefined || fetching ? (
          <Waiting label="what would change" lines={3} />
        ) : (
          <PreviewPanel
            preview={data.previewSplit}
            verb="Split"
            said={why}
            own={[creator.id]}
            busy={busy}
            onGo={(comment) => void go(comment, false)}
            onClose={onClose}
          />
        )}
      </Stack>
    </section>
  );
}

function Column({ group, children }: { group: number; children: React.ReactNode }) {
  const { setNodeRef, isOver } = useDroppable({ id: `group ${group}` });
  return (
    <div
      ref={setNodeRef}
      className={classes.column}
      data-over={isOver || undefined}
      role="group"
      aria-label={`Group ${group + 1}`}
    >
      <Text size="xs" c="dimmed" mb={4}>
        Group {group + 1}
      </Text>
      {children}
    </div>
  );
}

interface CardProps {
  profile: ProfileCardFragment;
  index: number;
  group: number;
  groups: number;
  put: (index: number, to: number) => void;
}

function Card({ profile, index, group, groups, put }: CardProps) {
  const { setNodeRef, listeners, transform, isDragging } = useDraggable({ id: String(index) });
  const name = profileTitle(profile);
  return (
    <div
      ref={setNodeRef}
      {...listeners}
      className={classes.card}
      data-profile={profile.id}
      data-dragging={isDragging || undefined}
      style={transform === null ? undefined : { transform: `translate(${transform.x}px, ${transform.y}px)` }}
    >
      <Group gap={6} wrap="nowrap" justify="space-between">
        <Text size="sm" lineClamp={2}>
          <bdi>{name}</bdi>
          {profile.displayName === null || profile.username === null ? null : (
            <>
              {" "}
              <bdi className="cg-quiet">@{profile.username}</bdi>
            </>
          )}
        </Text>
        <PlatformTag platform={profile.platform} />
      </Group>
      <NativeSelect
        size="xs"
        aria-label={`Group of ${name} on ${platformName(profile.platform)}`}
        value={String(group)}
        onPointerDown={(event) => event.stopPropagation()}
        onChange={(event) => put(index, Number(event.currentTarget.value))}
        onKeyDown={(event) => {
          const digit = Number(event.key);
          if (Number.isInteger(digit) && digit >= 1 && digit <= Math.min(groups, MOST_GROUPS)) put(index, digit - 1);
        }}
        data={Array.from({ length: groups }, (_, each) => ({ value: String(each), label: `Group ${each + 1}` }))}
      />
    </div>
  );
}
