import { Anchor, Badge, Table, Text } from "@mantine/core";
import type { RefObject } from "react";
import { When } from "@/component/fact";
import { PageAnchor } from "@/component/link";
import { useNow } from "@/component/now";
import { dayText, idle, keyState, stateText } from "@/logic/api-key";
import { ROLE_NAME } from "@/logic/word";
import classes from "@/page/key/key-table.module.css";
import type { KeyRowFragment } from "@/generated/graphql";

interface KeyTableProps {
  keys: readonly KeyRowFragment[];
  /** Whether the rows tell their tenant. */
  tenants: boolean;
  table: RefObject<HTMLTableElement | null>;
  onRevoke: ((id: string) => void) | undefined;
}

export function KeyTable({ keys, tenants, table, onRevoke }: KeyTableProps) {
  const now = useNow();
  const headings = ["Key", ...(tenants ? ["Tenant"] : []), "Role", "State", "Last used", "Made", "Runs out"];
  return (
    <div className="cg-panel">
      <Table ref={table} className={classes.table} verticalSpacing={5} highlightOnHover>
        <Table.Caption className="cg-hidden">Keys, the newest first.</Table.Caption>
        <Table.Thead>
          <Table.Tr>
            {headings.map((name) => (
              <Table.Th key={name} scope="col">
                {name}
              </Table.Th>
            ))}
            <Table.Th scope="col">
              <span className="cg-hidden">What can be done</span>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {keys.map((key) => (
            <Table.Tr key={key.id} data-key={key.id} data-ended={key.stands ? undefined : true}>
              <Table.Th scope="row" className={classes.name} fw={400}>
                <PageAnchor to="/usage" search={{ key: key.id }} title="What it used">
                  <bdi>{key.name}</bdi>
                </PageAnchor>
                <Text size="xs" c="dimmed" component="span" display="block" ff="monospace">
                  {key.prefix}…
                </Text>
              </Table.Th>
              {tenants ? (
                <Table.Td data-label="Tenant">
                  <bdi>{key.tenantName}</bdi>
                </Table.Td>
              ) : null}
              <Table.Td data-label="Role">{ROLE_NAME[key.role]}</Table.Td>
              <Table.Td data-label="State">
                <State apiKey={key} now={now} />
              </Table.Td>
              <Table.Td data-label="Last used">
                {dayText(key.lastUsedOn, now)}
                {key.stands && idle(key, now) ? (
                  <Text size="xs" c="dimmed" component="span" display="block">
                    not for a month: still needed?
                  </Text>
                ) : null}
              </Table.Td>
              <Table.Td data-label="Made">
                <When at={key.createdAt} />
              </Table.Td>
              <Table.Td data-label="Runs out">{key.expiresAt === null ? "never" : <When at={key.expiresAt} ahead />}</Table.Td>
              <Table.Td ta="end">
                {key.stands && onRevoke !== undefined ? (
                  <Anchor
                    component="button"
                    type="button"
                    size="sm"
                    aria-label={`Revoke ${key.name} of ${key.tenantName}`}
                    onClick={() => onRevoke(key.id)}
                  >
                    Revoke…
                  </Anchor>
                ) : null}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

const MARK = { works: "✓", soon: "◔", revoked: "✕", ended: "✕", tenant: "✕" } as const;

/** A sign beside the words, so that a column of them is read at a glance without colours. */
function State({ apiKey, now }: { apiKey: KeyRowFragment; now: number }) {
  return (
    <Badge variant="default" radius="sm" tt="none" fw={500} leftSection={<span aria-hidden>{MARK[keyState(apiKey, now)]}</span>}>
      {stateText(apiKey, now)}
    </Badge>
  );
}
