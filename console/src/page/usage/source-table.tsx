/** Who used it: each key and each tenant's people, beside the rate that their plan has. */

import { Table, Text, Title, Tooltip } from "@mantine/core";
import type { RefObject } from "react";
import type { Measure, UsageAddress } from "@/app/address";
import { PageAnchor } from "@/component/link";
import { exact } from "@/logic/when";
import { percent, short, whole } from "@/logic/number";
import { fullness, hourly, MEASURE_NAME, rateShare, rateText } from "@/logic/usage";
import classes from "@/page/usage/source-table.module.css";
import type { SourceUseFragment } from "@/generated/graphql";

interface SourceTableProps {
  sources: readonly SourceUseFragment[];
  measure: Measure;
  /** Whether the rows tell their tenant. */
  tenants: boolean;
  chosen: string | undefined;
  days: number;
  table: RefObject<HTMLTableElement | null>;
  search: UsageAddress;
}

export function SourceTable({ sources, measure, tenants, chosen, days, table, search }: SourceTableProps) {
  const others = measure === "requests" ? [] : [measure];
  const most = Math.max(1, ...sources.map((each) => each[measure]));
  return (
    <section className="cg-panel" aria-labelledby="by-key">
      <Title order={2} id="by-key" p="sm" pb={4}>
        By key
      </Title>
      <Table ref={table} className={classes.table} verticalSpacing={5} highlightOnHover>
        <Table.Caption className="cg-hidden">
          What each key used in {days} days, and its busiest hour beside the rate, the most requests first.
        </Table.Caption>
        <Table.Thead>
          <Table.Tr>
            {["Key", ...(tenants ? ["Tenant"] : [])].map((name) => (
              <Table.Th key={name} scope="col">
                {name}
              </Table.Th>
            ))}
            {["Requests", ...(measure === "refused" ? [] : ["Refused"]), ...others.map((each) => MEASURE_NAME[each])].map((name) => (
              <Table.Th key={name} scope="col" ta="end">
                {name}
              </Table.Th>
            ))}
            <Table.Th scope="col">Busiest hour, of the rate</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {sources.map((each) => (
            <Table.Tr
              key={`${each.tenantId} ${each.keyId ?? ""}`}
              data-source={each.keyId ?? "people"}
              data-chosen={chosen !== undefined && chosen === each.keyId ? true : undefined}
            >
              <Table.Th scope="row" fw={400} className={classes.name}>
                <Name used={each} search={search} />
                <span className={classes.share} style={{ width: `${(each[measure] / most) * 100}%` }} aria-hidden />
              </Table.Th>
              {tenants ? (
                <Table.Td data-label="Tenant">
                  <bdi>{each.tenantName}</bdi>
                </Table.Td>
              ) : null}
              <Table.Td data-label="Requests" ta={{ md: "end" }}>
                {whole(each.requests)}
              </Table.Td>
              {measure === "refused" ? null : (
                <Table.Td data-label="Refused" ta={{ md: "end" }}>
                  {whole(each.refused)}
                </Table.Td>
              )}
              {others.map((name) => (
                <Table.Td key={name} data-label={MEASURE_NAME[name]} ta={{ md: "end" }}>
                  {whole(each[name])}
                </Table.Td>
              ))}
              <Table.Td data-label="Busiest hour" className={classes.rate}>
                <Busiest used={each} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}

function Name({ used, search }: { used: SourceUseFragment; search: UsageAddress }) {
  if (used.keyId === null) {
    return (
      <>
        People of <bdi>{used.tenantName}</bdi>
        <Text size="xs" c="dimmed" component="span" display="block">
          together, by tokens
        </Text>
      </>
    );
  }
  return (
    <>
      <PageAnchor to="/usage" search={{ ...search, key: used.keyId }} resetScroll={false} title="This key alone, day by day">
        <bdi>{used.keyName ?? "A key that is gone"}</bdi>
      </PageAnchor>
      <Text size="xs" c="dimmed" component="span" display="block" ff="monospace">
        {used.prefix === null ? "" : `${used.prefix}…`}
      </Text>
    </>
  );
}

const WORDS = { quiet: "", near: ", near the rate", over: ", over the rate at times" } as const;

/** A rate is of minutes, use is of hours: the busiest hour is told beside what the rate lets through in one. */
function Busiest({ used }: { used: SourceUseFragment }) {
  const share = rateShare(used.busiestRequests, used.rate);
  if (share === null || used.rate === null) return <>{short(used.busiestRequests)}, no rate</>;
  const full = fullness(share, used.refused);
  return (
    <Tooltip
      label={`${whole(used.busiestRequests)} requests in the hour from ${exact(used.busiestHour)}, refused ones too; the rate is ${rateText(used.rate)}, so ${whole(hourly(used.rate))} in an hour`}
    >
      <div tabIndex={0}>
        <span className={classes.full} aria-hidden>
          <span data-full={full} style={{ width: `${Math.min(100, share * 100)}%` }} />
        </span>
        <Text size="xs" component="span" display="block">
          {whole(used.busiestRequests)} of {whole(hourly(used.rate))} ({percent(share)})<b>{WORDS[full]}</b>
        </Text>
      </div>
    </Tooltip>
  );
}
