import { describe, expect, it } from "vitest";
import { activeFilters, asks, byFollowers, CLEAR, creatorFilter, FILTERS, searchMode } from "@/page/search/filter";

const NOW = Date.parse("2026-03-10T17:45:00Z");

describe("a search's address as a filter", () => {
  it("asks for nothing where nothing is set", () => {
    expect(Object.values(creatorFilter({ q: "x" }, NOW)).filter((each) => each !== null)).toEqual([]);
  });

  it("counts days from the beginning of today, so that the same search stays the same", () => {
    expect(creatorFilter({ active: 30 }, NOW).activeSince).toBe("2026-02-08T00:00:00.000Z");
    expect(creatorFilter({ active: 30 }, NOW + 3_600_000)).toEqual(creatorFilter({ active: 30 }, NOW));
  });

  it("keeps a bound of nought", () => {
    expect(creatorFilter({ minEngagement: 0 }, NOW).minEngagement).toBe(0);
  });

  it("has every filter in the address, and clears them all", () => {
    const all = {
      platforms: ["X"],
      minFollowers: 1,
      maxFollowers: 2,
      minEngagement: 1,
      maxEngagement: 2,
      category: "food",
      language: "en",
      country: "IN",
      location: "Pune",
      verified: true as const,
      active: 7,
    };
    expect(Object.keys(all).sort()).toEqual([...FILTERS].sort());
    expect(Object.values(creatorFilter(all, NOW)).every((each) => each !== null)).toBe(true);
    // the ends of two ranges count once each
    expect(activeFilters(all)).toBe(9);
    expect(activeFilters({ ...all, ...CLEAR })).toBe(0);
  });
});

it("lists by followers where there is no text to rank by", () => {
  expect(byFollowers({ category: "food" })).toBe(true);
  expect(byFollowers({ q: "maya", by: "name" })).toBe(true);
  expect(byFollowers({ q: "maya" })).toBe(false);
  expect([asks({}), asks({ category: "food" }), asks({ q: "x" }), asks({ by: "name" })]).toEqual([false, true, true, true]);
});

it("searches by words alone only where it was asked to", () => {
  expect([searchMode({ q: "x" }), searchMode({ q: "x", by: "words" })]).toEqual(["HYBRID", "TEXT"]);
});
