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

/** How to search: by words alone, or creators by a part of their name; otherwise by meaning and words. */
export type SearchBy = "words" | "name";

export interface SearchAddress {
  q?: string | undefined;
  by?: SearchBy | undefined;
  platforms?: string[] | undefined;
  minFollowers?: number | undefined;
  maxFollowers?: number | undefined;
  /** Percent. */
  minEngagement?: number | undefined;
  maxEngagement?: number | undefined;
  category?: string | undefined;
  language?: string | undefined;
  country?: string | undefined;
  location?: string | undefined;
  verified?: true | undefined;
  /** Seen within so many days. */
  active?: number | undefined;
  similar?: string | undefined;
  /** How many pages of hits are shown, where it is more than one. */
  pages?: number | undefined;
  /** The creator whose hit was opened or moved to last. */
  at?: string | undefined;
}

export interface KeyAddress {
  /** The global id of a tenant. */
  tenant?: string | undefined;
  /** Keys that no longer let anybody in, or all; otherwise those that do. */
  show?: "ended" | "all" | undefined;
  /** Whether the form of a new key is open. */
  make?: true | undefined;
  /** The key that is about to be revoked. */
  revoke?: string | undefined;
}

export const MEASURES = ["requests", "refused", "cost", "rows"] as const;
export type Measure = (typeof MEASURES)[number];
export const SPANS = [7, 30, 90] as const;

export interface UsageAddress {
  tenant?: string | undefined;
  key?: string | undefined;
  days?: number | undefined;
  of?: Measure | undefined;
  /** Whether the days are a table that everybody sees. */
  table?: true | undefined;
}

const text = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? value : typeof value === "number" ? String(value) : undefined;
const flag = (value: unknown): true | undefined => (value === true || value === "true" || value === 1 ? true : undefined);
const amount = (value: unknown): number | undefined => {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) && number >= 0 ? number : undefined;
};
const whole = (value: unknown, most: number): number | undefined => {
  const number = amount(value);
  return number === undefined || number < 1 ? undefined : Math.min(most, Math.floor(number));
};
function texts(value: unknown): string[] | undefined {
  const asked: unknown[] = Array.isArray(value) ? value : [value];
  const found = asked.flatMap((each) => text(each) ?? []);
  return found.length > 0 ? [...new Set(found)] : undefined;
}
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

/** The most pages of hits that an address may ask for: after so many the next step is a better question. */
export const MOST_PAGES = 5;

export const searchAddress = (raw: Raw): SearchAddress => ({
  q: text(raw.q),
  by: raw.by === "name" || raw.by === "words" ? raw.by : undefined,
  // one platform was a text of its own in older addresses
  platforms: texts(raw.platforms ?? raw.platform),
  minFollowers: amount(raw.minFollowers),
  maxFollowers: amount(raw.maxFollowers),
  minEngagement: amount(raw.minEngagement),
  maxEngagement: amount(raw.maxEngagement),
  category: text(raw.category),
  language: text(raw.language),
  country: text(raw.country),
  location: text(raw.location),
  verified: flag(raw.verified),
  active: whole(raw.active, 3650),
  similar: text(raw.similar),
  pages: whole(raw.pages, MOST_PAGES),
  at: text(raw.at),
});

export const keyAddress = (raw: Raw): KeyAddress => ({
  tenant: text(raw.tenant),
  show: raw.show === "ended" || raw.show === "all" ? raw.show : undefined,
  make: flag(raw.make),
  revoke: text(raw.revoke),
});

export const usageAddress = (raw: Raw): UsageAddress => ({
  tenant: text(raw.tenant),
  key: text(raw.key),
  days: SPANS.find((days) => days === amount(raw.days)),
  of: some(raw.of, MEASURES)?.[0],
  table: flag(raw.table),
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
