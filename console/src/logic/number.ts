/** Numbers for people. */

const SHORT = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });
const WHOLE = new Intl.NumberFormat("en");

/** `182K` */
export const short = (value: number): string => SHORT.format(value);

/** `182,417` */
export const whole = (value: number): string => WHOLE.format(value);

/** `1 profile`, `3 profiles` */
export const count = (value: number, noun: string, plural = `${noun}s`): string =>
  `${whole(value)} ${value === 1 ? noun : plural}`;

/** `94 %` */
export const percent = (share: number): string => `${Math.round(share * 100)} %`;

/**
 * What a number field holds: it gives a text while that is not how the number is written, such as `030` or `0.`. Null where it
 * is empty, NaN where it is no number.
 */
export const fieldNumber = (value: number | string): number | null =>
  typeof value === "number" ? value : value.trim() === "" ? null : Number(value);
