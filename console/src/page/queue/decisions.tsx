/** Every decision, the newest first, with its undo. */

import { Button, Group, Stack } from "@mantine/core";
import { useState } from "react";
import { useClient, useQuery } from "urql";
import { useSession } from "@/app/session";
import { DecisionText } from "@/component/decision";
import { Empty, Failed, Problem, type ProblemWords, Waiting, wordsOf } from "@/component/state";
import { DecisionsDocument, UndoDocument } from "@/generated/graphql";

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
            {mayDecide && !node.undone && node.undoes === null ? (
              <Button size="compact-xs" variant="default" onClick={() => void undo(node.id)}>
                Undo
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
