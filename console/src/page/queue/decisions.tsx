/** Every act and its decisions, the newest first, with its undo. */

import { Button, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useClient, useQuery } from "urql";
import { useSession } from "@/app/session";
import { DecisionText } from "@/component/decision";
import { When } from "@/component/fact";
import { Empty, Failed, Problem, type ProblemWords, Waiting, wordsOf } from "@/component/state";
import { count } from "@/logic/number";
import { profileTitle } from "@/logic/title";
import { ACT_NAME } from "@/logic/word";
import { type DecisionLineFragment, DecisionsDocument, UndoDocument } from "@/generated/graphql";

const LINES = 30;

export function Decisions({ onChange }: { onChange: () => void }) {
  const [after, setAfter] = useState<string | null>(null);
  const [{ data, error, fetching }, again] = useQuery({
    query: DecisionsDocument,
    variables: { first: LINES, after },
    requestPolicy: "cache-and-network",
  });
  const [problem, setProblem] = useState<ProblemWords | null>(null);
  const client = useClient();
  const { mayDecide } = useSession();
  const found = data?.decisions;

  const undo = async (decisionId: string) => {
    const { data: made, error: failed } = await client.mutation(UndoDocument, { decisionId }).toPromise();
    if (made !== undefined && made.undo.__typename !== "DecisionMade") setProblem(made.undo);
    else if (failed !== undefined) setProblem(wordsOf(failed));
    else setProblem(null);
    again({ requestPolicy: "network-only" });
    onChange();
  };

  if (error !== undefined && found === undefined) return <Failed error={error} />;
  if (found === undefined) return <Waiting label="the decisions" lines={8} />;
  if (found.edges.length === 0 && !fetching) {
    return (
      <Empty title="Nobody has decided anything yet">
        Each decision is listed here with who made it and what they were shown.
      </Empty>
    );
  }
  return (
    <Stack gap="xs">
      {problem === null ? null : <Problem problem={problem} onClose={() => setProblem(null)} />}
      <Stack gap={0} className="cg-panel">
        {acts(found.edges.map(({ node }) => node)).map((act) => (
          <ActRow key={act[0].group} act={act} onUndo={mayDecide ? (id) => void undo(id) : undefined} />
        ))}
      </Stack>
      <Group>
        {after === null ? null : (
          <Button size="xs" variant="default" onClick={() => setAfter(null)}>
            The newest again
          </Button>
        )}
        {found.pageInfo.hasNextPage ? (
          <Button size="xs" variant="default" onClick={() => setAfter(found.pageInfo.endCursor)}>
            Earlier ones
          </Button>
        ) : null}
      </Group>
    </Stack>
  );
}

type Whole = readonly [DecisionLineFragment, ...DecisionLineFragment[]];

/** The decisions of each act together: one undo takes back all of them. */
function acts(decisions: readonly DecisionLineFragment[]): Whole[] {
  const groups = new Map<string, [DecisionLineFragment, ...DecisionLineFragment[]]>();
  for (const decision of decisions) {
    const act = groups.get(decision.group);
    if (act === undefined) groups.set(decision.group, [decision]);
    else act.push(decision);
  }
  return [...groups.values()];
}

function ActRow({ act, onUndo }: { act: Whole; onUndo: ((decisionId: string) => void) | undefined }) {
  const [head] = act;
  return (
    <Group
      px="sm"
      py={6}
      justify="space-between"
      wrap="nowrap"
      align="start"
      style={{ borderBottom: "1px solid var(--cg-line)" }}
      data-act={head.act}
    >
      {act.length === 1 ? <DecisionText decision={head} /> : <Several act={act} />}
      {onUndo === undefined || head.undone ? null : (
        <Button
          size="compact-xs"
          variant="default"
          flex="none"
          title={act.length === 1 ? undefined : `Takes back the whole ${ACT_NAME[head.act]}`}
          onClick={() => onUndo(head.id)}
        >
          {head.undoes === null ? "Undo" : "Redo"}
          {act.length === 1 ? "" : " all of it"}
        </Button>
      )}
    </Group>
  );
}

/** An act of many decisions in one line, each of them on request. */
function Several({ act }: { act: Whole }) {
  const [head] = act;
  return (
    <Text size="sm" component="div">
      <span style={head.undone ? { textDecoration: "line-through" } : undefined}>
        <b>{head.actor}</b>: {ACT_NAME[head.act]} of {count(act.length, "decision")}
        {head.left === null ? null : (
          <>
            {" "}
            about <bdi>{profileTitle(head.left)}</bdi> and others
          </>
        )}
        , <When at={head.at} />
      </span>
      <span className="cg-quiet">{head.undone ? " · undone" : ""}</span>
      {head.comment === null || head.comment === "" ? null : <div dir="auto">“{head.comment}”</div>}
      <details>
        <summary className="cg-quiet">Show them</summary>
        {act.map((decision) => (
          <DecisionText key={decision.id} decision={{ ...decision, comment: null }} />
        ))}
      </details>
    </Text>
  );
}
