/** Times for people: relative, with the exact one for hover. */

const STEPS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ["year", 31_557_600],
  ["month", 2_629_800],
  ["week", 604_800],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

const RELATIVE = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
const EXACT = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "medium" });

/** `3 hours ago`, `yesterday`, `in 9 minutes`; below a minute `just now` or `in a moment`. */
export function relative(at: string, now: number): string {
  const seconds = (Date.parse(at) - now) / 1000;
  const step = STEPS.find(([, size]) => Math.abs(seconds) >= size);
  if (step === undefined) return seconds > 0 ? "in a moment" : "just now";
  return RELATIVE.format(Math.trunc(seconds / step[1]), step[0]);
}

export function exact(at: string): string {
  return EXACT.format(new Date(at));
}
