/** How the bits of evidence add up, from the prior to the whole. */

import { signalName } from "@/logic/signal";

export interface Weighed {
  signal: string;
  matchWeight: number;
}

export interface Step<Row extends Weighed> {
  label: string;
  kind: "prior" | "for" | "against";
  /** Null for what no row stands for. */
  row: Row | null;
  /** Bits of this step. */
  weight: number;
  /** Where its bar begins and ends, in bits from zero. */
  from: number;
  to: number;
}

export interface Waterfall<Row extends Weighed> {
  steps: Step<Row>[];
  total: number;
  /** What the bars are drawn over; zero lies inside. */
  low: number;
  high: number;
}

/** The API's name for how rare a match is before anything was compared. */
const PRIOR = "prior";
/** Bits below which a rest is rounding. */
const ROUNDING = 0.05;

/**
 * The prior comes first, then the strongest evidence, so that the first rows tell most of it. What the total has beyond its
 * rows is a step of its own: the bars always add up.
 */
export function waterfall<Row extends Weighed>(rows: readonly Row[], total: number): Waterfall<Row> {
  const rest = total - rows.reduce((sum, row) => sum + row.matchWeight, 0);
  const ordered = [...rows].sort(
    (one, other) =>
      Number(other.signal === PRIOR) - Number(one.signal === PRIOR) ||
      Math.abs(other.matchWeight) - Math.abs(one.matchWeight) ||
      one.signal.localeCompare(other.signal),
  );
  const steps: Step<Row>[] = [];
  let level = 0;
  const add = (label: string, row: Row | null, weight: number) => {
    const kind = row === null || row.signal === PRIOR ? "prior" : weight >= 0 ? "for" : "against";
    steps.push({ label, kind, row, weight, from: level, to: level + weight });
    level += weight;
  };
  if (Math.abs(rest) > ROUNDING) add(signalName(rows.some((row) => row.signal === PRIOR) ? "adjustment" : PRIOR), null, rest);
  for (const row of ordered) add(signalName(row.signal), row, row.matchWeight);
  const ends = steps.flatMap((step) => [step.from, step.to]);
  return { steps, total, low: Math.min(0, total, ...ends), high: Math.max(0, total, ...ends) };
}

/** Where a value lies between low and high, in percent. */
export function place(value: number, low: number, high: number): number {
  return high === low ? 0 : ((value - low) / (high - low)) * 100;
}

/** `+4.2` or `−1.8`, with a true minus. */
export function bits(weight: number): string {
  const text = Math.abs(weight).toFixed(1);
  if (text === "0.0") return "0.0";
  return `${weight > 0 ? "+" : "−"}${text}`;
}

/** Bits as odds: `18 times as likely if they are one person`. */
export function odds(weight: number): string {
  const factor = 2 ** Math.abs(weight);
  const number =
    factor >= 1_000_000 ? "more than a million" : factor < 10 ? factor.toFixed(1) : Math.round(factor).toLocaleString("en");
  if (Math.abs(weight) < 0.05) return "says nothing either way";
  return `${number} times as likely if they are ${weight > 0 ? "one person" : "two persons"}`;
}
