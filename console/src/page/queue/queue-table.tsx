/** The pairs of the queue, by priority; keys move along the rows and open one. */

import { Button, Group, Table, Text } from "@mantine/core";
import { useRef, useState } from "react";
import { useSession } from "@/app/session";
import { moveFocus, usePageKeys } from "@/component/keys";
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
  /** How many changes there were so far. */
  events: number;
  onRefresh: () => void;
  onBulk: () => void;
}

/** Rows beyond this are hardly ever read: the page says to narrow the filter instead. */
const MOST_PAGES = 6;

export function QueueTable({ filter, round, events, onRefresh, onBulk }: QueueTableProps) {
  const [pages, setPages] = useState<(string | null)[]>([null]);
  // as it was when the list was read last
  const [read, setRead] = useState({ round, events });
  if (read.round !== round) setRead({ round, events });
  const news = events - read.events;
  const [empty, setEmpty] = useState(false);
  const { mayDecide } = useSession();
  const body = useRef<HTMLTableElement>(null);

  const go = (by: number) => moveFocus([...(body.current?.querySelectorAll<HTMLElement>("[data-row]") ?? [])], by);
  const refresh = () => {
    setPages([null]);
    onRefresh();
  };
  // Enter opens the row by itself: its link has the focus
  usePageKeys(QUEUE, { down: () => go(1), up: () => go(-1), refresh, ...(mayDecide ? { bulk: onBulk } : {}) });

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
      ) : null}
      {/* an empty one stays, unseen: it is what asks again */}
      <div className="cg-panel" hidden={empty}>
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
      <Text size="xs" c="dimmed">
        Priority is uncertainty times what the decision would move.
      </Text>
    </>
  );
}
