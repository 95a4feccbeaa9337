/** What was used, day by day and key by key, beside what the plans let through. */

import { Anchor, Group, SegmentedControl, Stack, Text, Title } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useRef } from "react";
import { useQuery } from "urql";
import { type Measure, MEASURES, SPANS, type UsageAddress } from "@/app/address";
import { useSession } from "@/app/session";
import { moveFocus, usePageKeys } from "@/component/keys";
import { PageAnchor } from "@/component/link";
import { Empty, Failed, Waiting } from "@/component/state";
import { KeyHint } from "@/component/fact";
import { useNow } from "@/component/now";
import { USAGE } from "@/logic/key";
import { count } from "@/logic/number";
import { everyDay, MEASURE_NAME, MEASURE_TEXT } from "@/logic/usage";
import { DayBars } from "@/page/usage/day-bars";
import { DayTable } from "@/page/usage/day-table";
import { SourceTable } from "@/page/usage/source-table";
import { TenantSelect } from "@/page/key/tenant-select";
import { UsageDaysDocument, UsageSourcesDocument } from "@/generated/graphql";

const MOST = 100;
const FIRST_SPAN = 30;

export function UsagePage() {
  const address = useSearch({ from: "/usage" });
  const navigate = useNavigate();
  const { mayAdminister } = useSession();
  const now = useNow();
  const days = address.days ?? FIRST_SPAN;
  const measure: Measure = address.of ?? "requests";
  const scope = { days, tenant: address.tenant };
  const [inDays, againDays] = useQuery({ query: UsageDaysDocument, variables: { ...scope, key: address.key } });
  const [inSources, againSources] = useQuery({ query: UsageSourcesDocument, variables: { ...scope, first: MOST } });
  const body = useRef<HTMLTableElement>(null);
  const change = (next: Partial<UsageAddress>, replace = true) =>
    void navigate({ to: "/usage", search: (before: UsageAddress) => ({ ...before, ...next }), replace, resetScroll: false });

  const go = (by: number) => moveFocus([...(body.current?.querySelectorAll<HTMLElement>("[data-source] a") ?? [])], by);
  usePageKeys(USAGE, {
    down: () => go(1),
    up: () => go(-1),
    table: () => change({ table: address.table === true ? undefined : true }),
    back: () => change({ key: undefined }),
  });

  const error = inDays.error ?? inSources.error;
  const retry = () => {
    againDays({ requestPolicy: "network-only" });
    againSources({ requestPolicy: "network-only" });
  };
  const sources = inSources.data?.usageByKey.edges.map((edge) => edge.node);
  const one = address.key === undefined ? undefined : sources?.find((each) => each.keyId === address.key);
  const row = everyDay(inDays.data?.usageByDay ?? [], days, now);
  const used = inDays.data !== undefined && inDays.data.usageByDay.length > 0;

  return (
    <Stack gap="xs">
      <Title order={1}>Usage</Title>
      <Group gap="xs" align="end">
        {mayAdminister ? (
          <TenantSelect
            label="Tenant"
            all="All tenants"
            value={address.tenant}
            onChange={(tenant) => change({ tenant, key: undefined })}
          />
        ) : null}
        <SegmentedControl
          size="xs"
          aria-label="How far back"
          value={String(days)}
          onChange={(value) => change({ days: Number(value) === FIRST_SPAN ? undefined : Number(value) })}
          data={SPANS.map((span) => ({ value: String(span), label: `${span} days` }))}
        />
        <SegmentedControl
          size="xs"
          aria-label="What is counted"
          value={measure}
          onChange={(of) => change({ of: of === "requests" ? undefined : of })}
          data={MEASURES.map((each) => ({ value: each, label: MEASURE_NAME[each] }))}
        />
      </Group>
      {error !== undefined && (inDays.data === undefined || sources === undefined) ? (
        <Failed error={error} retry={retry} />
      ) : inDays.data === undefined || sources === undefined ? (
        <Waiting label="the figures" lines={6} height={34} />
      ) : !used ? (
        <Nothing address={address} days={days} />
      ) : (
        <Stack gap="xs" className="cg-following" aria-busy={inDays.fetching || inSources.fetching}>
          <section className="cg-panel" aria-labelledby="by-day">
            <Stack gap={6} p="sm">
              <Group justify="space-between" gap="xs">
                <Title order={2} id="by-day">
                  {MEASURE_NAME[measure]} by day
                  {address.key === undefined ? "" : ", of "}
                  {address.key === undefined ? null : <bdi>{one?.keyName ?? "one key"}</bdi>}
                </Title>
                <Group gap="sm">
                  {address.key === undefined ? null : (
                    <Anchor component="button" type="button" size="xs" onClick={() => change({ key: undefined })}>
                      All keys again
                    </Anchor>
                  )}
                  <Anchor
                    component="button"
                    type="button"
                    size="xs"
                    aria-expanded={address.table === true}
                    onClick={() => change({ table: address.table === true ? undefined : true })}
                  >
                    {address.table === true ? "As bars" : "As a table"} <KeyHint>{USAGE.table.shown}</KeyHint>
                  </Anchor>
                </Group>
              </Group>
              <Text size="xs" c="dimmed">
                {MEASURE_TEXT[measure]} Days are in UTC; counts are some seconds behind.
              </Text>
              {address.table === true ? null : <DayBars days={row} measure={measure} />}
              <DayTable days={row} hidden={address.table !== true} />
            </Stack>
          </section>
          <SourceTable
            sources={sources}
            measure={measure}
            tenants={mayAdminister && address.tenant === undefined}
            chosen={address.key}
            days={days}
            table={body}
            search={address}
          />
          {inSources.data?.usageByKey.pageInfo.hasNextPage === true ? (
            <Text size="sm">These are the {count(MOST, "key")} with most requests. Choose a tenant to see all of its own.</Text>
          ) : null}
        </Stack>
      )}
    </Stack>
  );
}

function Nothing({ address, days }: { address: UsageAddress; days: number }) {
  return (
    <Empty
      title={`Nothing was used in ${days} days`}
      action={
        address.key !== undefined || address.tenant !== undefined ? (
          <PageAnchor to="/usage" search={{ days: address.days, of: address.of }}>
            Show all
          </PageAnchor>
        ) : (
          <PageAnchor to="/keys" search={{}}>
            See the keys
          </PageAnchor>
        )
      }
    >
      What keys and tenants&apos; people ask for is counted by the hour. What the operator&apos;s own people do is not.
    </Empty>
  );
}
