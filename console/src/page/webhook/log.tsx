/** The log of sending to one webhook, each attempt with what came back. */

import { Button, Code, Group, Stack, Table, Text } from "@mantine/core";
import { useState } from "react";
import { useQuery } from "urql";
import { When } from "@/component/fact";
import { Failed, Waiting } from "@/component/state";
import { type WebhookLogQuery, WebhookLogDocument } from "@/generated/graphql";

type Entry = NonNullable<WebhookLogQuery["webhook"]>["deliveries"]["edges"][number]["node"];

interface LogProps {
  id: string;
  onReplay: (messageId: string) => void;
}

export function Log({ id, onReplay }: LogProps) {
  const [after, setAfter] = useState<string | null>(null);
  const [{ data, error, fetching }, again] = useQuery({
    query: WebhookLogDocument,
    variables: { id, after },
    requestPolicy: "cache-and-network",
  });
  const page = data?.webhook?.deliveries;
  if (error !== undefined) return <Failed error={error} retry={() => again({ requestPolicy: "network-only" })} />;
  if (page === undefined) return <Waiting label="the log" lines={5} />;
  return (
    <Stack gap="xs">
      <Group gap="xs">
        <Button
          size="compact-xs"
          variant="default"
          loading={fetching}
          onClick={() => (after === null ? again({ requestPolicy: "network-only" }) : setAfter(null))}
        >
          {after === null ? "Look again" : "Back to the latest"}
        </Button>
      </Group>
      {page.edges.length === 0 ? (
        <Text size="sm">Nothing was sent yet. “Test” sends a message that names nobody.</Text>
      ) : (
        <Table.ScrollContainer minWidth={640} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
          <Table verticalSpacing={4} aria-label="Log of sending">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>When</Table.Th>
                <Table.Th>Message</Table.Th>
                <Table.Th>Attempt</Table.Th>
                <Table.Th>What came back</Table.Th>
                <Table.Th>Next</Table.Th>
                <Table.Th>
                  <span className="cg-hidden">Acts</span>
                </Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {page.edges.map(({ node }) => (
                <Row key={node.id} entry={node} onReplay={onReplay} />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {page.pageInfo.hasNextPage ? (
        <Group>
          <Button size="compact-xs" variant="default" onClick={() => setAfter(page.pageInfo.endCursor ?? null)}>
            Older
          </Button>
        </Group>
      ) : null}
    </Stack>
  );
}

function Row({ entry, onReplay }: { entry: Entry; onReplay: (messageId: string) => void }) {
  return (
    <Table.Tr>
      <Table.Td>
        <When at={entry.at} />
      </Table.Td>
      <Table.Td>{entry.type}</Table.Td>
      <Table.Td>{entry.attempt}</Table.Td>
      <Table.Td>
        <Text size="sm">
          {entry.error ?? `Taken (${entry.status ?? ""})`}, {entry.durationMs} ms
        </Text>
        {entry.answer === null ? null : <Code>{entry.answer}</Code>}
      </Table.Td>
      <Table.Td>{entry.nextAt === null ? "" : <When at={entry.nextAt} ahead />}</Table.Td>
      <Table.Td>
        <Button size="compact-xs" variant="default" onClick={() => onReplay(entry.messageId)}>
          Send again
        </Button>
      </Table.Td>
    </Table.Tr>
  );
}
