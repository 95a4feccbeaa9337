/** Probabilities in words. A number never stands alone: it comes with its band and with what it means. */

import type { Band } from "@/generated/graphql";

const FLOORS: readonly (readonly [number, Band])[] = [
  [0.9, "LIKELY_SAME"],
  [0.6, "LEANING_SAME"],
  [0.4, "TOSS_UP"],
  [0.1, "LEANING_DIFFERENT"],
  [0, "LIKELY_DIFFERENT"],
];

export const BANDS: readonly Band[] = FLOORS.map(([, band]) => band);

export const BAND_NAME: Readonly<Record<Band, string>> = {
  LIKELY_SAME: "likely the same",
  LEANING_SAME: "leaning to the same",
  TOSS_UP: "a toss-up",
  LEANING_DIFFERENT: "leaning to different",
  LIKELY_DIFFERENT: "likely different",
};

/** Where the band lies, for headings: `0.60 to 0.90`. */
export const BAND_RANGE: Readonly<Record<Band, string>> = {
  LIKELY_SAME: "0.90 and above",
  LEANING_SAME: "0.60 to 0.90",
  TOSS_UP: "0.40 to 0.60",
  LEANING_DIFFERENT: "0.10 to 0.40",
  LIKELY_DIFFERENT: "below 0.10",
};

export function bandOf(probability: number): Band {
  return FLOORS.find(([floor]) => probability >= floor)?.[1] ?? "LIKELY_DIFFERENT";
}

/** Two digits, and never a 1.00 or 0.00 that is not one: `> 0.99`, `< 0.01`. */
export function probabilityText(probability: number): string {
  if (probability > 0.995 && probability < 1) return "> 0.99";
  if (probability < 0.005 && probability > 0) return "< 0.01";
  return probability.toFixed(2);
}

/** `likely the same, 0.93: of a hundred pairs like it about 93 are one person` */
export function meaning(probability: number): string {
  const share = Math.round(probability * 100);
  const count = share === 0 ? "hardly any" : share === 100 ? "nearly all" : `about ${share}`;
  const verb = share === 1 ? "is" : "are";
  return `${BAND_NAME[bandOf(probability)]}, ${probabilityText(probability)}: of a hundred pairs like it ${count} ${verb} one person`;
}
