/** The queue as a whole: what waits, how it goes, how good people and machine are. */

import { Stack, Tabs } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { useQuery, useSubscription } from "urql";
import { type QueueAddress, queueFilter, queueScope } from "@/app/address";
import { Failed } from "@/component/state";
import { Bulk } from "@/page/queue/bulk";
import { Decisions } from "@/page/queue/decisions";
import { Filters } from "@/page/queue/filters";
import { Progress } from "@/page/queue/progress";
import { Quality } from "@/page/queue/quality";
import { QueueTable } from "@/page/queue/queue-table";
import { QueueChangedDocument, QueueFiguresDocument, type SummaryFragment } from "@/generated/graphql";

type Tab = "list" | NonNullable<QueueAddress["tab"]>;

/** What has changed under a filter. */
interface Told {
  scopeText: string;
  events: number;
  summary: SummaryFragment | null;
}

export function QueuePage() {
  const address = useSearch({ from: "/queue" });
  const navigate = useNavigate();
  const [round, setRound] = useState(0);
  const filter = useMemo(() => queueFilter(address), [address]);
  const scope = useMemo(() => queueScope(filter), [filter]);
  const scopeText = JSON.stringify(scope);
  const [{ data, error, fetching }, again] = useQuery({ query: QueueFiguresDocument, variables: { filter: scope } });
  // the figures follow by themselves; the list waits to be asked, so that no row moves under a hand
  const [{ data: told }] = useSubscription(
    { query: QueueChangedDocument, variables: { filter: scope } },
    (before: Told | undefined, event) => ({
      scopeText,
      events: (before?.scopeText === scopeText ? before.events : 0) + 1,
      summary: event.reviewQueueChanged.summary,
    }),
  );
  // the subscription keeps what it was told about another filter until somebody changes something under this one
  const changed = told?.scopeText === scopeText ? told : undefined;
  const summary = changed?.summary ?? data?.queueSummary;
  const change = (next: Partial<QueueAddress>) =>
    void navigate({ to: "/queue", search: (before: QueueAddress) => ({ ...before, ...next }), replace: true });
  const refresh = () => {
    setRound((before) => before + 1);
    again({ requestPolicy: "network-only" });
  };

  return (
    <Stack gap="xs">
      <h1 className="cg-hidden">Queue</h1>
      {error !== undefined && summary === undefined ? (
        <Failed error={error} retry={refresh} />
      ) : (
        <div className="cg-following" aria-busy={fetching && changed === undefined}>
          <Progress
            summary={summary}
            shown={address.burn === true}
            onShow={(shown) => change({ burn: shown ? true : undefined })}
          />
        </div>
      )}
      <Tabs
        value={address.tab ?? "list"}
        onChange={(tab) => change({ tab: tab === "list" || tab === null ? undefined : (tab as Exclude<Tab, "list">) })}
        keepMounted={false}
      >
        <Tabs.List>
          <Tabs.Tab value="list">Pairs</Tabs.Tab>
          <Tabs.Tab value="decisions">Decisions</Tabs.Tab>
          <Tabs.Tab value="quality">Agreement and precision</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="list" pt="xs">
          <Stack gap="xs">
            <Filters address={address} byReason={summary?.byReason ?? []} change={change} />
            {address.bulk === true ? <Bulk filter={filter} onClose={() => change({ bulk: undefined })} onDone={refresh} /> : null}
            <QueueTable
              key={JSON.stringify(filter)}
              filter={filter}
              round={round}
              events={changed?.events ?? 0}
              onRefresh={refresh}
              // for look-alikes, unless another band was chosen on purpose
              onBulk={() => change({ bulk: true, bands: address.bands ?? ["LIKELY_SAME"] })}
            />
          </Stack>
        </Tabs.Panel>
        <Tabs.Panel value="decisions" pt="xs">
          <Decisions onChange={refresh} />
        </Tabs.Panel>
        <Tabs.Panel value="quality" pt="xs">
          <Quality />
        </Tabs.Panel>
      </Tabs>
    </Stack>
  );
}
