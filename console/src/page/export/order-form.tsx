/** Orders an export: of everything, of what changed since another one, or since a time. */

import { Button, Group, SegmentedControl, Select, Stack, Text, TextInput, Title } from "@mantine/core";
import { type RefObject, type SyntheticEvent, useState } from "react";
import { useMutation } from "urql";
import { Problem, type ProblemWords, wordsOf } from "@/component/state";
import { exact } from "@/logic/when";
import { FORMAT_NAME, shortId } from "@/page/export/size";
import { type ExportFormat, type ExportRowFragment, StartExportDocument } from "@/generated/graphql";

const EVERYTHING = "everything";
const TIME = "time";
const FORMATS: readonly ExportFormat[] = ["CSV", "JSONL", "PARQUET"];

interface OrderFormProps {
  /** Where the form is, for the key that leads to it. */
  place: RefObject<HTMLElement | null>;
  known: readonly ExportRowFragment[];
  onOrdered: () => void;
}

export function OrderForm({ place, known, onOrdered }: OrderFormProps) {
  const [format, setFormat] = useState<ExportFormat>("CSV");
  const [beginning, setBeginning] = useState(EVERYTHING);
  const [time, setTime] = useState("");
  const [problem, setProblem] = useState<ProblemWords | null>(null);
  const [{ fetching }, start] = useMutation(StartExportDocument);

  const submit = async (event: SyntheticEvent) => {
    event.preventDefault();
    const { data, error } = await start({
      format,
      since: beginning === TIME ? new Date(time).toISOString() : null,
      sinceExport: beginning === EVERYTHING || beginning === TIME ? null : beginning,
    });
    const started = data?.startExport;
    if (error !== undefined) setProblem(wordsOf(error));
    else if (started !== undefined && started.__typename !== "ExportStarted") setProblem(started);
    else {
      setProblem(null);
      onOrdered();
    }
  };

  return (
    <section ref={place} className="cg-panel" aria-labelledby="order">
      <form onSubmit={(event) => void submit(event)}>
        <Stack gap="xs" p="sm">
          <Title order={2} id="order">
            Order an export
          </Title>
          {problem === null ? null : <Problem problem={problem} onClose={() => setProblem(null)} />}
          <Group gap="sm" align="end">
            <SegmentedControl
              aria-label="Format"
              value={format}
              onChange={setFormat}
              data={FORMATS.map((value) => ({ value, label: FORMAT_NAME[value] }))}
            />
            <Select
              label="What"
              miw={260}
              allowDeselect={false}
              value={beginning}
              onChange={(value) => setBeginning(value ?? EVERYTHING)}
              data={[
                { value: EVERYTHING, label: "Every creator" },
                ...known
                  .filter((each) => each.finishedAt !== null)
                  .map((each) => ({
                    value: each.id,
                    label: `Changes since ${shortId(each.address)} of ${exact(each.askedAt)}`,
                  })),
                { value: TIME, label: "Changes since a time" },
              ]}
            />
            {beginning === TIME ? (
              <TextInput
                type="datetime-local"
                label="Since"
                required
                value={time}
                onChange={(event) => setTime(event.currentTarget.value)}
              />
            ) : null}
            <Button type="submit" loading={fetching}>
              Order
            </Button>
          </Group>
          <Text size="xs" c="dimmed">
            Creators, their profiles, and the links within each with evidence. No contacts.
          </Text>
        </Stack>
      </form>
    </section>
  );
}
