/** The item in front of a steward, with everything that is done to it. */

import { Button, Group, Stack, Text } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useMemo, useState } from "react";
import { type CombinedError, useClient } from "urql";
import type { ReviewAddress } from "@/app/address";
import { useHelp, usePageKeys } from "@/component/keys";
import { Empty, Failed, Problem, type ProblemWords, Waiting, wordsOf } from "@/component/state";
import { profileTitle } from "@/logic/title";
import { count } from "@/logic/number";
import { REVIEW } from "@/logic/key";
import { CommentDocument, type ReviewFilter } from "@/generated/graphql";
import { CommentBox, SkipReason } from "@/page/review/ask";
import { Figures } from "@/page/review/figures";
import { ItemView } from "@/page/review/item-view";
import { isSettled, type Sent } from "@/page/review/line";
import { RefusalNotice } from "@/page/review/refusal";
import { GIVEN_BACK, useLine } from "@/page/review/use-line";
import { VerdictBar } from "@/page/review/verdict-bar";

interface DeskProps {
  itemId: string | undefined;
  address: ReviewAddress;
  claims: boolean;
  graph: boolean;
  change: (next: Partial<ReviewAddress>) => void;
  show: (itemId: string | null) => void;
}

export function ReviewDesk({ itemId, address, claims, graph, change, show }: DeskProps) {
  const blind = address.blind === true;
  const filter = useMemo<ReviewFilter>(() => ({ reasons: address.reasons }), [address.reasons]);
  const work = useLine({ filter, blind, first: itemId, claims });
  const { current, line } = work;
  const [asking, setAsking] = useState<"skip" | "comment" | null>(null);
  const [problem, setProblem] = useState<ProblemWords | null>(null);
  const client = useClient();
  const help = useHelp();
  const navigate = useNavigate();
  const actable = current !== null && claims && !isSettled(current);

  // the address follows the line, so that a link sent to a colleague opens the same item
  const currentId = current?.id ?? null;
  useEffect(() => {
    if (!work.loading && currentId !== (itemId ?? null)) show(currentId);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- `show` is new on every render and does the same
  }, [currentId, work.loading]);

  const run = {
    same: () => actable && work.act("SAME"),
    different: () => actable && work.act("DIFFERENT"),
    unsure: () => actable && work.act("UNSURE"),
    skip: () => actable && setAsking("skip"),
    undo: work.undo,
    comment: () => current !== null && setAsking("comment"),
    graph: () => change({ graph: !graph }),
    blind: () => change({ blind: blind ? undefined : true }),
    left: () => openCreator(current?.leftCreator?.id),
    right: () => openCreator(current?.rightCreator?.id),
  };
  const openCreator = (id: string | undefined) => {
    if (id !== undefined) void navigate({ to: "/creator/$creatorId", params: { creatorId: id }, search: {} });
  };
  usePageKeys(REVIEW, asking === null ? run : {});

  const comment = async (text: string) => {
    setAsking(null);
    if (current === null) return;
    const { error } = await client.mutation(CommentDocument, { itemId: current.id, text }).toPromise();
    setProblem(error === undefined ? null : unsaid(error, text));
    await work.reload(current.id);
  };

  return (
    <Stack gap="xs">
      <h1 className="cg-hidden">Review</h1>
      {claims ? (
        <Figures
          filter={filter}
          done={line.sent.filter((sent) => sent.act !== "SKIP").length}
          blind={blind}
          reasons={address.reasons}
          // the item in front is of the old choice: the new line begins with its own
          onReasons={(reasons) => void navigate({ to: "/review", search: { ...address, reasons } })}
          onBlind={(on) => change({ blind: on ? true : undefined })}
        />
      ) : null}
      {line.refused === null ? null : (
        <RefusalNotice
          refused={line.refused}
          onOverride={work.override}
          onKeep={work.keep}
          onDismiss={work.dismiss}
        />
      )}
      {problem === null ? null : <Problem problem={problem} onClose={() => setProblem(null)} />}
      {work.failed === null ? null : <Failed error={work.failed} retry={() => void work.refill()} />}
      {current === null ? (
        work.loading ? (
          <Waiting label="the next pair" lines={9} height={30} />
        ) : work.failed === null ? (
          <Nothing
            filtered={address.reasons !== undefined}
            onAll={() => change({ reasons: undefined })}
            onAgain={() => void work.refill()}
          />
        ) : null
      ) : (
        <ItemView item={current} blind={blind} graph={graph} />
      )}
      <LastAct sent={line.sent} />
      <VerdictBar enabled={actable} undoable={line.sent.length > 0} run={{ ...run, help: help.toggle }} />
      {actable && current.state === "CLAIMED" ? (
        <Group justify="end">
          <Button size="compact-xs" variant="subtle" onClick={() => work.act("SKIP", GIVEN_BACK)}>
            Give this pair back to the queue
          </Button>
        </Group>
      ) : null}
      <SkipReason
        opened={asking === "skip"}
        onClose={() => setAsking(null)}
        onSay={(reason) => {
          setAsking(null);
          work.act("SKIP", reason);
        }}
      />
      <CommentBox opened={asking === "comment"} onClose={() => setAsking(null)} onSay={(text) => void comment(text)} />
    </Stack>
  );
}

/** What was written is not lost where it could not be sent. */
function unsaid(error: CombinedError, text: string): ProblemWords {
  const { message, mend } = wordsOf(error);
  return { message: `The comment was not kept: ${message}`, mend: `${mend} You wrote: “${text}”` };
}

const SAID = { SAME: "the same", DIFFERENT: "different", UNSURE: "unsure", SKIP: "skipped" } as const;

/** Read out after each decision: what was just done, and how to take it back. */
function LastAct({ sent }: { sent: readonly Sent[] }) {
  const last = sent.at(-1);
  return (
    <Text size="sm" c="dimmed" role="status" mih="1.4em">
      {last === undefined ? (
        ""
      ) : (
        <>
          {count(sent.length, "pair")} done here. Last: <bdi>{profileTitle(last.item.left)}</bdi> and{" "}
          <bdi>{profileTitle(last.item.right)}</bdi>, {SAID[last.act]}
          {last.kept ? "" : " (being sent)"}. Z takes it back.
        </>
      )}
    </Text>
  );
}

function Nothing({ filtered, onAll, onAgain }: { filtered: boolean; onAll: () => void; onAgain: () => void }) {
  return (
    <Empty
      title={filtered ? "Nothing of this kind waits for you" : "Nothing waits for you"}
      action={
        <Group>
          {filtered ? (
            <Button variant="default" onClick={onAll}>
              Show every reason
            </Button>
          ) : null}
          <Button variant="default" onClick={onAgain}>
            Look again
          </Button>
        </Group>
      }
    >
      Every open pair is decided or in a colleague's hands. New ones come up when profiles arrive or change.
    </Empty>
  );
}
