/** The pairs of the queue, by priority; keys move along the rows and open one. */

import { Button, Group, Table, Text } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { useSession } from "@/app/session";
import { usePageKeys } from "@/component/keys";
import { PageAnchor } from "@/component/link";
import { Empty } from "@/component/state";
import { QUEUE } from "@/logic/key";
import { count } from "@/logic/number";
import { QueuePart } from "@/page/queue/queue-part";
import classes from "@/page/queue/queue-table.module.css";
import type { ReviewFilter } from "@/generated/graphql";

interface QueueTableProps {
  filter: ReviewFilter;
  /** Goes up when the list should be read anew. */
  round: number;
  /** Changes since the list was read. */
  news: number;
  onRefresh: () => void;
  onBulk: () => void;
}

/** Rows beyond this are hardly ever read: the page says to narrow the filter instead. */
const MOST_PAGES = 6;

export function QueueTable({ filter, round, news, onRefresh, onBulk }: QueueTableProps) {
  const [pages, setPages] = useState<(string | null)[]>([null]);
  const [empty, setEmpty] = useState(false);
  const { mayDecide } = useSession();
  const body = useRef<HTMLTableElement>(null);
  const navigate = useNavigate();

  const rows = () => [...(body.current?.querySelectorAll<HTMLElement>("[data-row]") ?? [])];
  const go = (by: number) => {
    const all = rows();
    const at = all.findIndex((row) => row.contains(document.activeElement));
    all[Math.min(all.length - 1, Math.max(0, at + by))]?.querySelector("a")?.focus();
  };
  const open = () => {
    // a focused link opens by itself; elsewhere Enter opens nothing
    const id = rows().find((row) => row.contains(document.activeElement) && document.activeElement?.tagName !== "A")?.dataset.row;
    if (id !== undefined) void navigate({ to: "/review/$itemId", params: { itemId: id }, search: {} });
  };
  const refresh = () => {
    setPages([null]);
    onRefresh();
  };
  usePageKeys(QUEUE, { down: () => go(1), up: () => go(-1), open, refresh, ...(mayDecide ? { bulk: onBulk } : {}) });

  return (
    <>
      <Group justify="space-between" mih={30}>
        {news > 0 ? (
          <Button size="compact-sm" variant="light" onClick={refresh}>
            {count(news, "change")} since this list was read: show
          </Button>
        ) : (
          <span />
        )}
        {mayDecide ? (
          <Group gap={6}>
            <Button size="compact-sm" variant="default" onClick={onBulk}>
              Bulk accept…
            </Button>
            <PageAnchor size="sm" to="/review" search={{ reasons: filter.reasons ?? undefined }}>
              Work through these
            </PageAnchor>
          </Group>
        ) : null}
      </Group>
      {empty ? (
        <Empty
          title="No pair is like this"
          action={
            <PageAnchor to="/queue" search={{}}>
              Clear the filters
            </PageAnchor>
          }
        >
          Either everything of this kind is decided, or the filters leave nothing over.
        </Empty>
      ) : (
        <div className="cg-panel">
          <Table className={classes.table} ref={body} verticalSpacing={5} highlightOnHover>
            <Table.Caption className="cg-hidden">Pairs that wait for a steward, the weightiest first.</Table.Caption>
            <Table.Thead className={classes.head}>
              <Table.Tr>
                {["Pair", "Reason", "Probability", "Moves", "Priority", "Came up", "State"].map((name) => (
                  <Table.Th key={name} scope="col">
                    {name}
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            {pages.map((after, index) => (
              <QueuePart
                key={after ?? "first"}
                filter={filter}
                after={after}
                round={round}
                onEmpty={index === 0 ? setEmpty : undefined}
                onMore={
                  index === pages.length - 1 && pages.length < MOST_PAGES ? (cursor) => setPages([...pages, cursor]) : undefined
                }
                last={index === MOST_PAGES - 1}
              />
            ))}
          </Table>
        </div>
      )}
      <Text size="xs" c="dimmed">
        Priority is uncertainty times what the decision would move.
      </Text>
    </>
  );
}
