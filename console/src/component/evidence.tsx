/** The waterfall of a pair: a table whose cells hold the bars, so that chart and table are one and every reader has both. */

import { Tooltip, VisuallyHidden } from "@mantine/core";
import { useMemo } from "react";
import classes from "@/component/evidence.module.css";
import { Marked } from "@/component/marked";
import { meaning } from "@/logic/band";
import { said, saw } from "@/logic/signal";
import { bits, odds, place, waterfall } from "@/logic/waterfall";
import type { EvidenceRowFragment } from "@/generated/graphql";

type Row = EvidenceRowFragment & { matchWeight: number };

/** Weights are held back only while a steward works blind, and then no waterfall is shown. */
const isWeighed = (row: EvidenceRowFragment): row is Row => row.matchWeight !== null;

interface EvidenceProps {
  rows: readonly EvidenceRowFragment[];
  total: number;
  probability: number;
}

export function Evidence({ rows, total, probability }: EvidenceProps) {
  const fall = useMemo(() => waterfall(rows.filter(isWeighed), total), [rows, total]);
  const at = (value: number) => place(value, fall.low, fall.high);
  return (
    <div className={classes.frame}>
      <table className={classes.table}>
        <caption className="cg-hidden">
          What speaks for and against one person, in bits, the strongest first; the bars add up from the prior to the whole.
        </caption>
        <thead>
          <tr>
            <th scope="col">Signal</th>
            <th scope="col">What it says</th>
            <th scope="col">What it saw</th>
            <th scope="col">
              <VisuallyHidden>Bar</VisuallyHidden>
            </th>
            <th scope="col">Bits</th>
          </tr>
        </thead>
        <tbody>
          {fall.steps.map((step) => (
            <tr key={step.label}>
              <th scope="row">{step.label}</th>
              <td className={classes.says}>
                <Says explanation={step.row?.explanation ?? "what the signals alone do not explain"} />
              </td>
              <td className={classes.saw}>{step.row === null ? null : <Values row={step.row} />}</td>
              <td className={classes.track}>
                <div
                  className={classes.bar}
                  data-kind={step.kind}
                  style={{ left: `${at(Math.min(step.from, step.to))}%`, width: `${Math.abs(at(step.to) - at(step.from))}%` }}
                />
                <div className={classes.zero} style={{ left: `${at(0)}%` }} />
              </td>
              <td className={classes.bits}>
                <Tooltip label={odds(step.weight)}>
                  <span>
                    {bits(step.weight)}
                    <VisuallyHidden>: {odds(step.weight)}</VisuallyHidden>
                  </span>
                </Tooltip>
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">together</th>
            <td colSpan={3} className={classes.meaning}>
              {meaning(probability)}
            </td>
            <td className={classes.bits}>{bits(total)}</td>
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

function Says({ explanation }: { explanation: string }) {
  const { text, rarity } = said(explanation);
  if (rarity === null) return text;
  return (
    <Tooltip label={`${text}: ${rarity}`}>
      <span>
        {text}
        <VisuallyHidden>, {rarity}</VisuallyHidden>
      </span>
    </Tooltip>
  );
}

function Values({ row }: { row: EvidenceRowFragment }) {
  const { left, right, note } = saw(row);
  if (note !== null) return <div>{note}</div>;
  if (left === null && right === null) return null;
  if (left !== null && left === right) {
    return (
      <div>
        <Marked text={left} other={right} />
      </div>
    );
  }
  return (
    <div>
      {left === null ? "–" : <Marked text={left} other={right} />}
      <span className="cg-quiet"> · </span>
      {right === null ? "–" : <Marked text={right} other={left} />}
    </div>
  );
}
