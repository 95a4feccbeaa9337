/** The waterfall of a pair: a table whose cells hold the bars, so that chart and table are one and every reader has both. */

import { Table, Text, Tooltip, VisuallyHidden } from "@mantine/core";
import { useMemo } from "react";
import classes from "@/component/evidence.module.css";
import { Marked } from "@/component/marked";
import { meaning } from "@/logic/band";
import { bits, odds, place, waterfall } from "@/logic/waterfall";
import type { EvidenceRowFragment } from "@/generated/graphql";

interface EvidenceProps {
  rows: readonly EvidenceRowFragment[];
  total: number;
  probability: number;
}

export function Evidence({ rows, total, probability }: EvidenceProps) {
  const fall = useMemo(() => waterfall(rows, total), [rows, total]);
  const at = (value: number) => place(value, fall.low, fall.high);
  return (
    <Table className={classes.table} verticalSpacing={3} horizontalSpacing="xs">
      <Table.Caption className="cg-hidden">
        What speaks for and against one person, in bits, the strongest first; the bars add up from the prior to the whole.
      </Table.Caption>
      <Table.Thead className={classes.head}>
        <Table.Tr>
          <Table.Th scope="col">Signal</Table.Th>
          <Table.Th scope="col" className={classes.values}>
            What it saw
          </Table.Th>
          <Table.Th scope="col">
            <VisuallyHidden>Bar</VisuallyHidden>
          </Table.Th>
          <Table.Th scope="col" ta="end">
            Bits
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {fall.steps.map((step) => (
          <Table.Tr key={step.label}>
            <Table.Th scope="row" fw={500}>
              {step.label}
              <Text size="xs" c="dimmed" fw={400} className={classes.level}>
                {step.row === null ? "how rare a match is at all" : step.row.explanation}
              </Text>
            </Table.Th>
            <Table.Td className={classes.values}>{step.row === null ? null : <Values row={step.row} />}</Table.Td>
            <Table.Td className={classes.track}>
              <div
                className={classes.bar}
                data-kind={step.row === null ? "prior" : step.weight >= 0 ? "for" : "against"}
                style={{ left: `${at(Math.min(step.from, step.to))}%`, width: `${Math.abs(at(step.to) - at(step.from))}%` }}
              />
              <div className={classes.zero} style={{ left: `${at(0)}%` }} />
            </Table.Td>
            <Table.Td ta="end" className={classes.bits}>
              <Tooltip label={odds(step.weight)}>
                <span>
                  {bits(step.weight)}
                  <VisuallyHidden>: {odds(step.weight)}</VisuallyHidden>
                </span>
              </Tooltip>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
      <Table.Tfoot>
        <Table.Tr>
          <Table.Th scope="row">together</Table.Th>
          <Table.Td colSpan={2} className={classes.meaning}>
            {meaning(probability)}
          </Table.Td>
          <Table.Td ta="end" fw={700} className={classes.bits}>
            {bits(total)}
          </Table.Td>
        </Table.Tr>
      </Table.Tfoot>
    </Table>
  );
}

function Values({ row }: { row: EvidenceRowFragment }) {
  const { leftValue: left, rightValue: right } = row;
  if (left === null && right === null) return <span className="cg-quiet">{row.level.replaceAll("_", " ")}</span>;
  if (left !== null && left === right) return <Marked text={left} other={right} />;
  return (
    <>
      {left === null ? "–" : <Marked text={left} other={right} />}
      <span className="cg-quiet"> · </span>
      {right === null ? "–" : <Marked text={right} other={left} />}
    </>
  );
}
