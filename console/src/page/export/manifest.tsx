/** The parts of an export, with their checksums, to fetch. */

import { Button, Group, Stack, Table, Text, Title } from "@mantine/core";
import { useEffect, useState } from "react";
import { Problem, type ProblemWords, Waiting } from "@/component/state";
import { whole } from "@/logic/number";
import { sentence } from "@/logic/word";
import { type Answer, download, type Manifest as Read, type Part, readManifest } from "@/page/export/rest";
import { shortId, size } from "@/page/export/size";

export function Manifest({ address, onClose }: { address: string; onClose: () => void }) {
  const [answer, setAnswer] = useState<Answer<Read> | null>(null);
  useEffect(() => {
    let here = true;
    void readManifest(address).then((read) => {
      if (here) setAnswer(read);
    });
    return () => {
      here = false;
    };
  }, [address]);

  return (
    <section className="cg-panel" aria-labelledby="manifest">
      <Stack gap="xs" p="sm">
        <Group justify="space-between">
          <Title order={2} id="manifest">
            Parts of {shortId(address)}
          </Title>
          <Button size="compact-sm" variant="default" onClick={onClose}>
            Close
          </Button>
        </Group>
        {answer === null ? <Waiting label="the manifest" /> : null}
        {answer?.ok === false ? <Problem problem={answer.problem} /> : null}
        {answer?.ok === true ? <Parts manifest={answer.value} /> : null}
      </Stack>
    </section>
  );
}

function Parts({ manifest }: { manifest: Read }) {
  return (
    <>
      <Table.ScrollContainer minWidth={560} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
        <Table verticalSpacing={4} horizontalSpacing={6}>
          <Table.Caption className="cg-hidden">Files of the export, each with its checksum</Table.Caption>
          <Table.Thead>
            <Table.Tr>
              {["Part", "Rows", "Size", "SHA-256", "File"].map((name) => (
                <Table.Th key={name} scope="col">
                  {name}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {manifest.parts.map((part) => (
              <PartRow key={part.number} part={part} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Text size="xs" c="dimmed">
        Columns of version {manifest.schema_version}; everything before transaction {manifest.position} is in it.
      </Text>
    </>
  );
}

function PartRow({ part }: { part: Part }) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ProblemWords | null>(null);
  const fetchPart = async () => {
    setBusy(true);
    setProblem(await download(part));
    setBusy(false);
  };
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={400}>
        {part.number}, {sentence(part.data)}
      </Table.Th>
      <Table.Td>{whole(part.rows)}</Table.Td>
      <Table.Td>{size(part.bytes)}</Table.Td>
      <Table.Td>
        <Text size="xs" ff="monospace" title={part.sha256}>
          {part.sha256.slice(0, 16)}…
        </Text>
      </Table.Td>
      <Table.Td>
        <Button size="compact-sm" variant="light" loading={busy} onClick={() => void fetchPart()} aria-label={`Download part ${part.number}`}>
          Download
        </Button>
        {problem === null ? null : <Problem problem={problem} onClose={() => setProblem(null)} />}
      </Table.Td>
    </Table.Tr>
  );
}
