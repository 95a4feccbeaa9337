/** How the queue goes: figures, and a burn-down whose chart is a table, so that every reader has it. */

import { Anchor, Collapse, Group, Progress as Bar, Skeleton, Table, Text, VisuallyHidden } from "@mantine/core";
import { When } from "@/component/fact";
import { whole } from "@/logic/number";
import classes from "@/page/queue/progress.module.css";
import type { SummaryFragment } from "@/generated/graphql";

interface ProgressProps {
  summary: SummaryFragment | undefined;
  /** Whether the burn-down is open. */
  shown: boolean;
  onShow: (shown: boolean) => void;
}

export function Progress({ summary, shown, onShow }: ProgressProps) {
  if (summary === undefined) return <Skeleton height={22} width={420} maw="100%" />;
  return (
    <section aria-label="Progress">
      <Group gap="lg">
        <Figure value={summary.open} text="open" />
        <Figure value={summary.claimed} text="in somebody's hands" />
        <Figure value={summary.decidedToday} text="decided today" />
        <Figure value={summary.decidedByMeToday} text="by you" />
        {summary.oldest === null ? null : (
          <Text size="sm" c="dimmed">
            the oldest came up <When at={summary.oldest} />
          </Text>
        )}
        <Anchor component="button" type="button" size="sm" onClick={() => onShow(!shown)} aria-expanded={shown}>
          {shown ? "Hide the burn-down" : "Burn-down"}
        </Anchor>
      </Group>
      <Collapse expanded={shown}>
        <BurnDown days={summary.burnDown} />
      </Collapse>
    </section>
  );
}

function Figure({ value, text }: { value: number; text: string }) {
  return (
    <Text size="sm">
      <b>{whole(value)}</b> {text}
    </Text>
  );
}

function BurnDown({ days }: { days: SummaryFragment["burnDown"] }) {
  // days before anything had come up say nothing
  const begun = days.findIndex((day) => day.open + day.opened + day.decided + day.closed > 0);
  const shown = begun < 0 ? [] : days.slice(begun);
  if (shown.length === 0) {
    return (
      <Text size="sm" c="dimmed" py="xs">
        The burn-down begins with the first day on which a pair came up or was decided.
      </Text>
    );
  }
  const most = Math.max(...shown.map((day) => day.open), 1);
  return (
    <Table.ScrollContainer minWidth={440} maw={760} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
      <Table className={classes.table} verticalSpacing={2} horizontalSpacing="xs">
        <Table.Caption className="cg-hidden">Open pairs at the end of each day, and what came and went.</Table.Caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Day</Table.Th>
            <Table.Th scope="col" w="45%">
              <VisuallyHidden>Bar of the open pairs</VisuallyHidden>
            </Table.Th>
            {["Open", "Came up", "Decided", "Settled itself"].map((name) => (
              <Table.Th key={name} scope="col" ta="end">
                {name}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {shown.map((day) => (
            <Table.Tr key={day.day}>
              <Table.Th scope="row" fw={400}>
                {day.day}
              </Table.Th>
              <Table.Td>
                <Bar value={(day.open / most) * 100} size="sm" aria-hidden />
              </Table.Td>
              {[day.open, day.opened, day.decided, day.closed].map((value, index) => (
                <Table.Td key={index} ta="end">
                  {whole(value)}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
