/** Why a hit stands where it stands: the parts of its score, in the words and the order of the page. */

import type { HitFragment } from "@/generated/graphql";

type Part = HitFragment["whyRanked"][number];

/** The API's name, the page's word, what it measures, and the number of its colour. */
const PARTS: Readonly<Record<string, { name: string; text: string; colour: number }>> = {
  semantic: { name: "meaning", text: "how near what they are about is to your words", colour: 1 },
  text: { name: "words", text: "how well your words are in name, category and bio", colour: 1 },
  engagement: { name: "engagement", text: "the engagement rate; 10 % fills it", colour: 2 },
  follower_quality: { name: "follower quality", text: "how usual the engagement is for the platform and size; half where that is not known", colour: 3 },
  freshness: { name: "freshness", text: "how lately a source saw an account of theirs", colour: 4 },
  verified: { name: "verified", text: "what being verified by a platform adds", colour: 5 },
};

export interface NamedPart {
  key: string;
  name: string;
  text: string;
  colour: number;
  /** What it adds to the score. */
  adds: number;
  /** `0.31 × 0.40` */
  product: string;
}

/** Parts in the order of the formula, those that add nothing too: the words say so. */
export const namedParts = (parts: readonly Part[]): NamedPart[] =>
  parts.map((part) => {
    const known = PARTS[part.part] ?? { name: part.part.replaceAll("_", " "), text: "", colour: 5 };
    return {
      key: part.part,
      ...known,
      adds: part.contribution,
      product: `${part.value.toFixed(2)} × ${part.weight.toFixed(2)}`,
    };
  });

/** `Score 0.71: meaning 0.33, engagement 0.30, freshness 0.08` */
export const scoreText = (score: number, parts: readonly NamedPart[]): string =>
  `Score ${score.toFixed(2)}: ${parts.map((part) => `${part.name} ${part.adds.toFixed(2)}`).join(", ")}`;

/** A score of 1 and the most that being verified adds fill the bar. */
export const FULL = 1.1;

export const share = (adds: number): number => Math.max(0, Math.min(100, (adds / FULL) * 100));

/** The parts that the hits of a page have, each once, for one legend above them all. */
export function legend(hits: readonly { whyRanked: readonly Part[] }[]): NamedPart[] {
  const found = new Map(hits.flatMap((hit) => namedParts(hit.whyRanked)).map((part) => [part.key, part]));
  return [...found.values()].sort((left, right) => left.colour - right.colour);
}
