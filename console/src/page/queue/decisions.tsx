/** Every decision, the newest first, with its undo. */

import { Button, Group, Stack } from "@mantine/core";
import { useState } from "react";
import { useClient, useQuery } from "urql";
import { useSession } from "@/app/session";
import { DecisionText } from "@/component/decision";
import { Empty, Failed, Problem, type ProblemWords, Waiting, wordsOf } from "@/component/state";
import { count } from "@/logic/number";
import { ACT_NAME } from "@/logic/word";
import { type DecisionAct, DecisionsDocument, UndoDocument } from "@/generated/graphql";

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
  // one undo takes back a whole act, so an act has one button, at its newest decision on this page
  const first = new Map<string, string>();
  const sizes = new Map<string, number>();
  for (const { node } of found.edges) {
    if (!first.has(node.group)) first.set(node.group, node.id);
    sizes.set(node.group, (sizes.get(node.group) ?? 0) + 1);
  }
  return (
    <Stack gap="xs">
      {problem === null ? null : <Problem problem={problem} onClose={() => setProblem(null)} />}
      <Stack gap={0} className="cg-panel">
        {found.edges.map(({ node }) => (
          <Group
            key={node.id}
            px="sm"
            py={6}
            justify="space-between"
            wrap="nowrap"
            align="start"
            style={{ borderBottom: "1px solid var(--cg-line)" }}
          >
            <DecisionText decision={node} />
            {mayDecide && !node.undone && first.get(node.group) === node.id ? (
              <Button
                size="compact-xs"
                variant="default"
                flex="none"
                title={title(node.act, sizes.get(node.group) ?? 1)}
                onClick={() => void undo(node.id)}
              >
                {node.undoes === null ? "Undo" : "Redo"}
                {(sizes.get(node.group) ?? 1) > 1 ? " all of it" : ""}
              </Button>
            ) : null}
          </Group>
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

const title = (act: DecisionAct, size: number): string =>
  size === 1 ? `Takes back this ${ACT_NAME[act]}` : `Takes back the whole ${ACT_NAME[act]}: ${count(size, "decision")} of this page`;
