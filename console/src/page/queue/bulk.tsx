/** Accepts look-alikes in one act, after a sample of them was seen; the accept holds for exactly the pairs that were counted. */

import { Button, Checkbox, Group, Stack, Text, TextInput, Title } from "@mantine/core";
import { useState } from "react";
import { useMutation, useQuery } from "urql";
import { KeyHint } from "@/component/fact";
import { useKeys } from "@/component/keys";
import { Failed, Problem, type ProblemWords, Waiting, wordsOf } from "@/component/state";
import { QUEUE } from "@/logic/key";
import { count } from "@/logic/number";
import { BulkAcceptDocument, BulkSampleDocument, type ReviewFilter, UndoDocument } from "@/generated/graphql";
import classes from "@/page/queue/sample-pair.module.css";
import { SamplePair } from "@/page/queue/sample-pair";

const SAMPLE = 10;

interface BulkProps {
  filter: ReviewFilter;
  onClose: () => void;
  onDone: () => void;
}

export function Bulk({ filter, onClose, onDone }: BulkProps) {
  const [{ data, error, fetching }, again] = useQuery({
    query: BulkSampleDocument,
    variables: { filter, sample: SAMPLE },
    requestPolicy: "network-only",
  });
  const [{ fetching: busy }, accept] = useMutation(BulkAcceptDocument);
  // the token of the sample that was looked at: another sample has to be looked at anew
  const [looked, setLooked] = useState<string | null>(null);
  const [comment, setComment] = useState("");
  const [problem, setProblem] = useState<ProblemWords | null>(null);
  const [made, setMade] = useState<Made | null>(null);
  const found = data?.previewBulkAccept;

  const doubtful = (found?.sample ?? []).filter((item) => item.band !== "LIKELY_SAME").length;

  const go = async (token: string) => {
    const { data: answer, error: failed } = await accept({ token, comment: comment.trim() === "" ? null : comment.trim() });
    const outcome = answer?.bulkAccept;
    if (outcome?.__typename === "BulkDone") {
      setMade({ decided: outcome.decided, decisionId: outcome.decisions[0]?.id ?? null });
      onDone();
    } else if (outcome !== undefined) {
      setProblem(outcome);
      setLooked(null);
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
          <Accepted made={made} onClose={onClose} onUndone={onDone} />
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
              <b>{count(found.count, "pair")}</b> under these filters would be decided as one person.{" "}
              {found.sample.length === found.count ? "Here they are" : `${found.sample.length} of them`}:
            </Text>
            {doubtful === 0 ? null : (
              <Text size="sm" role="note">
                <b>Mind:</b> {doubtful} of the sample {doubtful === 1 ? "is" : "are"} not likely the same. Narrow the band above,
                or decide these one by one.
              </Text>
            )}
            <div className={classes.sample}>
              {found.sample.map((item) => (
                <SamplePair key={item.id} item={item} />
              ))}
            </div>
            <Checkbox
              label="I have looked at the sample, and each of its pairs is one person"
              checked={looked === found.token}
              disabled={fetching}
              onChange={(event) => setLooked(event.currentTarget.checked ? found.token : null)}
            />
            <Group gap="xs" align="end">
              <TextInput
                label="Why (kept with each decision)"
                flex={1}
                miw={180}
                value={comment}
                onChange={(event) => setComment(event.currentTarget.value)}
              />
              <Button disabled={fetching || looked !== found.token} loading={busy} onClick={() => void go(found.token)}>
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

interface Made {
  decided: number;
  /** Undoing any decision of the act takes back all of them. */
  decisionId: string | null;
}

/** What was accepted, with one undo for the whole. */
function Accepted({ made, onClose, onUndone }: { made: Made; onClose: () => void; onUndone: () => void }) {
  const [{ fetching: busy }, takeBack] = useMutation(UndoDocument);
  const [undone, setUndone] = useState(false);
  const [problem, setProblem] = useState<ProblemWords | null>(null);
  const undoable = !undone && !busy && made.decisionId !== null;
  const undo = async () => {
    if (!undoable || made.decisionId === null) return;
    const { data, error } = await takeBack({ decisionId: made.decisionId });
    if (data?.undo.__typename === "DecisionMade") {
      setUndone(true);
      setProblem(null);
      onUndone();
    } else setProblem(data !== undefined ? data.undo : error !== undefined ? wordsOf(error) : null);
  };
  useKeys([[QUEUE.undo, () => void undo()]]);
  return (
    <>
      {problem === null ? null : <Problem problem={problem} onClose={() => setProblem(null)} />}
      <Group role="status">
        <Text size="sm">
          {undone
            ? `Taken back: ${made.decided === 1 ? "the pair is" : `all ${count(made.decided, "pair")} are`} open again.`
            : `${count(made.decided, "pair")} decided as one person.`}
        </Text>
        {undone || made.decisionId === null ? null : (
          <Button size="xs" variant="default" loading={busy} onClick={() => void undo()} rightSection={<KeyHint>Z</KeyHint>}>
            {made.decided === 1 ? "Undo" : "Undo all"}
          </Button>
        )}
        <Button size="xs" variant="default" onClick={onClose}>
          Close
        </Button>
      </Group>
    </>
  );
}
