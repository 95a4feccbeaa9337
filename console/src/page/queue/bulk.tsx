/** Accepts look-alikes in one act, after a sample of them was seen; the accept holds for exactly the pairs that were counted. */

import { Button, Checkbox, Group, Stack, Text, TextInput, Title } from "@mantine/core";
import { useState } from "react";
import { useClient, useMutation, useQuery } from "urql";
import { Failed, Problem, type ProblemWords, Waiting, wordsOf } from "@/component/state";
import { count } from "@/logic/number";
import { BulkAcceptDocument, BulkSampleDocument, type ReviewFilter, UndoDocument } from "@/generated/graphql";
import { SamplePair } from "@/page/queue/sample-pair";

const SAMPLE = 10;

interface BulkProps {
  filter: ReviewFilter;
  onClose: () => void;
  onDone: () => void;
}

export function Bulk({ filter, onClose, onDone }: BulkProps) {
  const [{ data, error }, again] = useQuery({
    query: BulkSampleDocument,
    variables: { filter, sample: SAMPLE },
    requestPolicy: "network-only",
  });
  const [{ fetching: busy }, accept] = useMutation(BulkAcceptDocument);
  const [looked, setLooked] = useState(false);
  const [comment, setComment] = useState("");
  const [problem, setProblem] = useState<ProblemWords | null>(null);
  const [made, setMade] = useState<readonly string[] | null>(null);
  const found = data?.previewBulkAccept;

  const doubtful = (found?.sample ?? []).filter((item) => item.band !== "LIKELY_SAME").length;

  const go = async (token: string) => {
    const { data: answer, error: failed } = await accept({ token, comment: comment.trim() === "" ? null : comment.trim() });
    const outcome = answer?.bulkAccept;
    if (outcome?.__typename === "BulkDone") {
      setMade(outcome.decisions.map((decision) => decision.id));
      onDone();
    } else if (outcome !== undefined) {
      setProblem(outcome);
      setLooked(false);
      again({ requestPolicy: "network-only" });
    } else if (failed !== undefined) setProblem(wordsOf(failed));
  };

  return (
    <section className="cg-panel" aria-labelledby="bulk">
      <Stack gap="xs" p="sm">
        <Title order={2} id="bulk">
          Bulk accept
        </Title>
        {problem === null ? null : <Problem problem={problem} onClose={() => setProblem(null)} />}
        {made !== null ? (
          <Accepted decisionIds={made} onClose={onClose} onUndone={onDone} />
        ) : error !== undefined ? (
          <Failed error={error} />
        ) : found === undefined ? (
          <Waiting label="a sample" lines={5} />
        ) : found.count === 0 ? (
          <Group>
            <Text size="sm">No pair can be accepted under these filters. Narrow them to a band that is likely the same.</Text>
            <Button size="xs" variant="default" onClick={onClose}>
              Close
            </Button>
          </Group>
        ) : (
          <>
            <Text size="sm">
              <b>{count(found.count, "pair")}</b> under these filters would be decided as one person. {found.sample.length} of
              them:
            </Text>
            {doubtful === 0 ? null : (
              <Text size="sm" role="note">
                <b>Mind:</b> {doubtful} of the sample {doubtful === 1 ? "is" : "are"} not likely the same. Narrow the band above,
                or decide these one by one.
              </Text>
            )}
            {found.sample.map((item) => (
              <SamplePair key={item.id} item={item} />
            ))}
            <Checkbox
              label="I have looked at the sample, and each of its pairs is one person"
              checked={looked}
              onChange={(event) => setLooked(event.currentTarget.checked)}
            />
            <Group gap="xs" align="end">
              <TextInput
                label="Why (kept with each decision)"
                flex={1}
                miw={180}
                value={comment}
                onChange={(event) => setComment(event.currentTarget.value)}
              />
              <Button disabled={!looked} loading={busy} onClick={() => void go(found.token)}>
                Accept {count(found.count, "pair")}
              </Button>
              <Button variant="default" onClick={onClose}>
                Leave it
              </Button>
            </Group>
          </>
        )}
      </Stack>
    </section>
  );
}

/** Undo, one decision after the other, the newest first: each is an act of its own in the history. */
function Accepted({
  decisionIds,
  onClose,
  onUndone,
}: {
  decisionIds: readonly string[];
  onClose: () => void;
  onUndone: () => void;
}) {
  const client = useClient();
  const [left, setLeft] = useState(decisionIds.length);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ProblemWords | null>(null);
  const undo = async () => {
    setBusy(true);
    for (const decisionId of decisionIds.slice(0, left).reverse()) {
      const { data, error } = await client.mutation(UndoDocument, { decisionId }).toPromise();
      if (data?.undo.__typename !== "DecisionMade") {
        setProblem(data !== undefined ? data.undo : error !== undefined ? wordsOf(error) : null);
        break;
      }
      setLeft((before) => before - 1);
    }
    setBusy(false);
    onUndone();
  };
  return (
    <>
      {problem === null ? null : <Problem problem={problem} />}
      <Group role="status">
        <Text size="sm">{left === 0 ? "All taken back." : `${count(left, "pair")} decided as one person.`}</Text>
        {left === 0 ? null : (
          <Button size="xs" variant="default" loading={busy} onClick={() => void undo()}>
            Undo all
          </Button>
        )}
        <Button size="xs" variant="default" onClick={onClose}>
          Close
        </Button>
      </Group>
    </>
  );
}
