/** One page of the queue's table. */

import { Button, Skeleton, Table, Text } from "@mantine/core";
import { useEffect } from "react";
import { useQuery } from "urql";
import { ProfileName, Probability, When } from "@/component/fact";
import { PageAnchor } from "@/component/link";
import { Failed } from "@/component/state";
import { count, short } from "@/logic/number";
import { REASON_NAME, sentence } from "@/logic/word";
import classes from "@/page/queue/queue-table.module.css";
import { QueueDocument, type QueueRowFragment, type ReviewFilter } from "@/generated/graphql";

const ROWS = 50;

interface PartProps {
  filter: ReviewFilter;
  after: string | null;
  round: number;
  onEmpty: ((empty: boolean) => void) | undefined;
  onMore: ((cursor: string) => void) | undefined;
  last: boolean;
}

export function QueuePart({ filter, after, round, onEmpty, onMore, last }: PartProps) {
  const [{ data, error }, again] = useQuery({ query: QueueDocument, variables: { filter, first: ROWS, after } });
  useEffect(() => {
    if (round > 0) again({ requestPolicy: "network-only" });
  }, [again, round]);
  const queue = data?.reviewQueue;
  const empty = queue?.edges.length === 0;
  useEffect(() => onEmpty?.(empty), [empty, onEmpty]);

  return (
    <Table.Tbody>
      {error !== undefined && queue === undefined ? (
        <Table.Tr>
          <Table.Td colSpan={7}>
            <Failed error={error} retry={() => again({ requestPolicy: "network-only" })} />
          </Table.Td>
        </Table.Tr>
      ) : null}
      {queue === undefined && error === undefined
        ? Array.from({ length: 8 }, (_, index) => (
            <Table.Tr key={index} aria-hidden>
              <Table.Td colSpan={7}>
                <Skeleton height={20} />
              </Table.Td>
            </Table.Tr>
          ))
        : null}
      {queue?.edges.map(({ node }) => (
        <Row key={node.id} item={node} />
      ))}
      {queue?.pageInfo.hasNextPage === true && (onMore !== undefined || last) ? (
        <Table.Tr>
          <Table.Td colSpan={7}>
            {onMore === undefined ? (
              <Text size="sm">There are more. Narrow the filters above: by reason, band or priority.</Text>
            ) : (
              <Button size="xs" variant="default" onClick={() => onMore(queue.pageInfo.endCursor ?? "")}>
                Show {ROWS} more
              </Button>
            )}
          </Table.Td>
        </Table.Tr>
      ) : null}
    </Table.Tbody>
  );
}

function Row({ item }: { item: QueueRowFragment }) {
  return (
    <Table.Tr data-row={item.id}>
      <Table.Td className={classes.pair}>
        <PageAnchor to="/review/$itemId" params={{ itemId: item.id }} search={{}}>
          <span className={classes.side}>
            <ProfileName profile={item.left} />
          </span>
          <span className={classes.side}>
            <ProfileName profile={item.right} />
          </span>
        </PageAnchor>
      </Table.Td>
      <Table.Td data-label="Reason">{REASON_NAME[item.reason]}</Table.Td>
      <Table.Td data-label="Probability">
        {item.probability === null ? <span className="cg-quiet">held back</span> : <Probability value={item.probability} quiet />}
      </Table.Td>
      <Table.Td data-label="Moves">
        {count(item.impact.members, "profile")}, {short(item.impact.followers)} followers
      </Table.Td>
      <Table.Td data-label="Priority" className={classes.number}>
        {item.priority?.toFixed(2) ?? ""}
      </Table.Td>
      <Table.Td data-label="Came up" className={classes.age}>
        <When at={item.createdAt} />
      </Table.Td>
      <Table.Td data-label="State">
        {sentence(item.state)}
        {item.claimedBy === null ? "" : ` by ${item.claimedBy.name}`}
      </Table.Td>
    </Table.Tr>
  );
}
