/** What each page keeps in its address, read from whatever somebody typed there. */

import { BANDS } from "@/logic/band";
import { REASON_NAME } from "@/logic/word";
import type { Band, ReviewFilter, ReviewReason, ReviewState } from "@/generated/graphql";

type Raw = Record<string, unknown>;

export const REASONS = Object.keys(REASON_NAME) as ReviewReason[];
export const STATES: readonly ReviewState[] = ["OPEN", "CLAIMED", "DECIDED", "CLOSED"];

export interface ReviewAddress {
  blind?: true | undefined;
  /** Whether the graph is shown; where nobody has said, it is on a wide window. */
  graph?: boolean | undefined;
  reasons?: ReviewReason[] | undefined;
}

export interface QueueAddress {
  reasons?: ReviewReason[] | undefined;
  states?: ReviewState[] | undefined;
  bands?: Band[] | undefined;
  minPriority?: number | undefined;
  mine?: true | undefined;
  creator?: string | undefined;
  bulk?: true | undefined;
  tab?: "decisions" | "quality" | undefined;
  /** Whether the burn-down is open. */
  burn?: true | undefined;
}

export type CreatorAct = "split" | "merge";

export interface CreatorAddress {
  act?: CreatorAct | undefined;
  /** The group of each profile in the page's order, such as `aabc`. */
  groups?: string | undefined;
  /** The creator to merge with. */
  with?: string | undefined;
  /** The link whose evidence is open, as `left~right`. */
  link?: string | undefined;
}

export interface SearchAddress {
  q?: string | undefined;
  by?: "name" | undefined;
  platform?: string | undefined;
  minFollowers?: number | undefined;
  location?: string | undefined;
  verified?: true | undefined;
  similar?: string | undefined;
}

const text = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? value : typeof value === "number" ? String(value) : undefined;
const flag = (value: unknown): true | undefined => (value === true || value === "true" || value === 1 ? true : undefined);
const amount = (value: unknown): number | undefined => {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) && number >= 0 ? number : undefined;
};
function some<T extends string>(value: unknown, known: readonly T[]): T[] | undefined {
  const asked: unknown[] = Array.isArray(value) ? value : [value];
  const found = known.filter((each) => asked.includes(each));
  return found.length > 0 ? found : undefined;
}

export const reviewAddress = (raw: Raw): ReviewAddress => ({
  blind: flag(raw.blind),
  graph: raw.graph === false || raw.graph === "false" ? false : flag(raw.graph),
  reasons: some(raw.reasons, REASONS),
});

export const queueAddress = (raw: Raw): QueueAddress => ({
  reasons: some(raw.reasons, REASONS),
  states: some(raw.states, STATES),
  bands: some(raw.bands, BANDS),
  minPriority: amount(raw.minPriority),
  mine: flag(raw.mine),
  creator: text(raw.creator),
  bulk: flag(raw.bulk),
  tab: raw.tab === "decisions" || raw.tab === "quality" ? raw.tab : undefined,
  burn: flag(raw.burn),
});

export const creatorAddress = (raw: Raw): CreatorAddress => {
  const groups = text(raw.groups);
  return {
    act: raw.act === "split" || raw.act === "merge" ? raw.act : undefined,
    groups: groups !== undefined && /^[a-i]{1,100}$/u.test(groups) ? groups : undefined,
    with: text(raw.with),
    link: text(raw.link),
  };
};

export const searchAddress = (raw: Raw): SearchAddress => ({
  q: text(raw.q),
  by: raw.by === "name" ? "name" : undefined,
  platform: text(raw.platform),
  minFollowers: amount(raw.minFollowers),
  location: text(raw.location),
  verified: flag(raw.verified),
  similar: text(raw.similar),
});

/**
 * What the figures count and the page listens to: a pair that is decided or given back changes its state and its holder, so
 * that a filter by them would hide just what a colleague has done.
 */
export const queueScope = (filter: ReviewFilter): ReviewFilter => ({ ...filter, states: undefined, claimedByMe: undefined });

/** The API's filter for a queue's address. */
export const queueFilter = (address: QueueAddress): ReviewFilter => ({
  reasons: address.reasons,
  states: address.states ?? ["OPEN", "CLAIMED"],
  bands: address.bands,
  minPriority: address.minPriority,
  claimedByMe: address.mine,
  creatorId: address.creator,
});
