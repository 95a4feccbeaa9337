/** What cancelling an export or deleting its files would do, before it is done: it cannot be taken back. */

import { Button, Group, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import { useMutation } from "urql";
import { Failed, Problem, type ProblemWords } from "@/component/state";
import { count, whole } from "@/logic/number";
import { isOpen, shortId, size } from "@/page/export/size";
import { CancelExportDocument, type ExportRowFragment } from "@/generated/graphql";

interface EndExportProps {
  row: ExportRowFragment;
  onClose: () => void;
  onEnded: () => void;
}

export function EndExport({ row, onClose, onEnded }: EndExportProps) {
  const [{ fetching, error }, cancel] = useMutation(CancelExportDocument);
  const [refused, setRefused] = useState<ProblemWords | null>(null);
  const open = isOpen(row.state);
  const name = shortId(row.address);
  const send = async () => {
    const { data } = await cancel({ id: row.id });
    const result = data?.cancelExport;
    if (result === undefined) return;
    onEnded();
    if (result.__typename === "ExportCancelled") onClose();
    else setRefused(result);
  };
  return (
    <section className="cg-panel" aria-labelledby="end-export" style={{ borderColor: "var(--cg-against)" }}>
      <Stack gap="xs" p="sm">
        <Title order={2} id="end-export">
          {open ? `Cancel the export ${name}?` : `Delete the files of ${name}?`}
        </Title>
        <Text size="sm">
          {open
            ? `${row.total === null ? "Nothing is written yet" : `${whole(row.done)} of ${whole(row.total)} are written`}: writing stops, and what is there is deleted.`
            : `${count(row.parts, "part")}, ${size(row.bytes)}: whoever has not fetched them cannot any more. What changed since this export can still be ordered.`}
        </Text>
        <Text size="sm">This cannot be taken back; another export can be ordered at any time.</Text>
        {error === undefined ? null : <Failed error={error} />}
        {refused === null ? null : <Problem problem={refused} />}
        <Group gap="xs">
          <Button size="xs" color="red.9" loading={fetching} onClick={() => void send()}>
            {open ? "Cancel it" : "Delete them"}
          </Button>
          <Button size="xs" variant="default" autoFocus onClick={onClose}>
            {open ? "Go on writing" : "Keep them"}
          </Button>
        </Group>
      </Stack>
    </section>
  );
}
