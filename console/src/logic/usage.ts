/** What was used, as days in a row and beside the rate of a plan. */

import type { Measure } from "@/app/address";

export interface DayOfUse {
  day: string;
  requests: number;
  refused: number;
  cost: number;
  rows: number;
}

export interface RateFacts {
  requests: number;
  seconds: number;
}

export const MEASURE_NAME: Readonly<Record<Measure, string>> = {
  requests: "Requests",
  refused: "Refused",
  cost: "Cost",
  rows: "Rows",
};

export const MEASURE_TEXT: Readonly<Record<Measure, string>> = {
  requests: "Requests that were answered.",
  refused: "Requests that were stopped by the rate.",
  cost: "What was asked for, in fields of documents.",
  rows: "What was read for the answers.",
};

const DAY = 86_400_000;

/** The last `count` days in UTC, today the last; the API leaves out days without use. */
export function everyDay(found: readonly DayOfUse[], count: number, now: number): DayOfUse[] {
  const known = new Map(found.map((each) => [each.day, each]));
  const today = Date.parse(new Date(now).toISOString().slice(0, 10));
  return Array.from({ length: count }, (_, index) => {
    const day = new Date(today - (count - 1 - index) * DAY).toISOString().slice(0, 10);
    return known.get(day) ?? { day, requests: 0, refused: 0, cost: 0, rows: 0 };
  });
}

/** The top of the scale: 1, 2 or 5 with noughts, at least the largest value. */
export function scaleTop(values: readonly number[]): number {
  const most = Math.max(1, ...values);
  const power = 10 ** Math.floor(Math.log10(most));
  return [1, 2, 5, 10].map((step) => step * power).find((top) => top >= most) ?? most;
}

/** How full the busiest hour was of what the rate lets through in an hour; null without a rate. */
export const rateShare = (busiest: number, rate: RateFacts | null): number | null =>
  rate === null ? null : busiest / hourly(rate);

/** What a rate lets through in an hour: `1,000 in 15 minutes` is 4,000. A window of more than an hour is one hour's too. */
export const hourly = (rate: RateFacts): number => Math.round(rate.requests * Math.max(1, 3600 / rate.seconds));

/** `1,000 in 15 minutes` */
export function rateText(rate: RateFacts | null): string {
  if (rate === null) return "no rate";
  const requests = new Intl.NumberFormat("en").format(rate.requests);
  if (rate.seconds % 60 !== 0) return `${requests} in ${rate.seconds} seconds`;
  const minutes = rate.seconds / 60;
  return `${requests} in ${minutes === 1 ? "a minute" : `${minutes} minutes`}`;
}

export type Fullness = "quiet" | "near" | "over";

/** In words beside the colour: a key near its rate is told of before it is refused. */
export const fullness = (share: number, refused: number): Fullness =>
  refused > 0 || share >= 1 ? "over" : share >= 0.8 ? "near" : "quiet";
