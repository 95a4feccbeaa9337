import type { SearchAddress } from "@/app/address";
import type { CreatorFilter, Platform, SearchMode } from "@/generated/graphql";

const DAY = 86_400_000;

/** Parts of an address that narrow a search down. */
export const FILTERS = [
  "platforms",
  "minFollowers",
  "maxFollowers",
  "minEngagement",
  "maxEngagement",
  "category",
  "language",
  "country",
  "location",
  "verified",
  "active",
] as const satisfies readonly (keyof SearchAddress)[];

export const CLEAR: Partial<SearchAddress> = Object.fromEntries(FILTERS.map((name) => [name, undefined]));

/** How many filters are set; the two ends of a range are one. */
export const activeFilters = (address: SearchAddress): number =>
  new Set(FILTERS.filter((name) => address[name] !== undefined).map((name) => name.replace(/^(?:min|max)/u, ""))).size;

/**
 * The API's filter for a search's address. A platform that the API does not know is for the API to say. Days are counted from
 * the beginning of today, so that the same search asks the same all day long.
 */
export const creatorFilter = (address: SearchAddress, now: number): CreatorFilter => ({
  platforms: (address.platforms as Platform[] | undefined) ?? null,
  minFollowers: address.minFollowers ?? null,
  maxFollowers: address.maxFollowers ?? null,
  minEngagement: address.minEngagement ?? null,
  maxEngagement: address.maxEngagement ?? null,
  category: address.category ?? null,
  language: address.language ?? null,
  country: address.country ?? null,
  locationContains: address.location ?? null,
  verified: address.verified ?? null,
  activeSince: address.active === undefined ? null : new Date((Math.floor(now / DAY) - address.active) * DAY).toISOString(),
});

/** Whether creators are listed by followers: there is nothing to rank them by but a name, or nothing at all. */
export const byFollowers = (address: SearchAddress): boolean => address.by === "name" || address.q === undefined;

export const searchMode = (address: SearchAddress): SearchMode => (address.by === "words" ? "TEXT" : "HYBRID");

/** Whether anything was asked for: an empty page says what can be. */
export const asks = (address: SearchAddress): boolean =>
  address.q !== undefined || address.by === "name" || activeFilters(address) > 0;
