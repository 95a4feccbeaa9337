/** The tenant's exports, the latest first, with how far each is. */

import { Badge, Button, Group, Progress, Table, Text } from "@mantine/core";
import type { RefObject } from "react";
import { When } from "@/component/fact";
import { whole } from "@/logic/number";
import { FORMAT_NAME, isOpen, mayEnd, share, shortId, size, STATE_NAME } from "@/page/export/size";
import type { ExportRowFragment } from "@/generated/graphql";

interface ExportTableProps {
  table: RefObject<HTMLTableElement | null>;
  rows: readonly ExportRowFragment[];
  onOpen: (address: string) => void;
  /** Asks whether it should be cancelled, or its files deleted. */
  onEnd: (id: string) => void;
}

export function ExportTable({ table, rows, onOpen, onEnd }: ExportTableProps) {
  return (
    <div className="cg-panel">
      <Table.ScrollContainer minWidth={720} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
        <Table ref={table} verticalSpacing={5} highlightOnHover>
          <Table.Caption className="cg-hidden">Exports, the latest first</Table.Caption>
          <Table.Thead>
            <Table.Tr>
              {["Export", "What", "State", "Written", "Ordered", "Can be fetched until", "Do"].map((name) => (
                <Table.Th key={name} scope="col">
                  {name}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row) => (
              <Table.Tr key={row.id} data-export={row.id}>
                <Table.Th scope="row" fw={500}>
                  {shortId(row.address)}{" "}
                  <Text size="xs" c="dimmed" component="span" display="block">
                    {FORMAT_NAME[row.format]}
                  </Text>
                </Table.Th>
                <Table.Td>
                  <Beginning row={row} />
                </Table.Td>
                <Table.Td>
                  <Badge variant="default" radius="sm" tt="none" fw={500} miw="max-content">
                    {STATE_NAME[row.state]}
                  </Badge>
                  {row.failure === null ? null : <Text size="xs">{row.failure}</Text>}
                </Table.Td>
                <Table.Td miw={150}>
                  <Written row={row} />
                </Table.Td>
                <Table.Td>
                  <When at={row.askedAt} />
                  <Text size="xs" c="dimmed">
                    by {row.askedBy}
                  </Text>
                </Table.Td>
                <Table.Td>{row.expiresAt === null || row.state !== "READY" ? "—" : <When at={row.expiresAt} ahead />}</Table.Td>
                <Table.Td>
                  <Group gap={6} wrap="nowrap">
                    {row.state === "READY" ? (
                      <Button size="compact-sm" variant="light" onClick={() => onOpen(row.address)}>
                        Parts
                      </Button>
                    ) : null}
                    {mayEnd(row.state) ? (
                      <Button size="compact-sm" variant="default" onClick={() => onEnd(row.id)}>
                        {isOpen(row.state) ? "Cancel…" : "Delete files…"}
                      </Button>
                    ) : null}
                  </Group>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </div>
  );
}

function Beginning({ row }: { row: ExportRowFragment }) {
  if (row.since !== null)
    return (
      <>
        Changes since <When at={row.since} />
      </>
    );
  return <>{row.sinceExport === null ? "Every creator" : "Changes since another"}</>;
}

function Written({ row }: { row: ExportRowFragment }) {
  const part = share(row.done, row.total);
  return (
    <>
      {part !== null && isOpen(row.state) ? <Progress value={part} aria-label={`${part} % written`} /> : null}
      <Text size="xs" c="dimmed">
        {row.total === null ? "not begun" : `${whole(row.done)} of ${whole(row.total)}, ${size(row.bytes)}`}
      </Text>
    </>
  );
}
