import { describe, expect, it } from "vitest";
import {
  creatorAddress,
  keyAddress,
  queueAddress,
  queueFilter,
  queueScope,
  reviewAddress,
  searchAddress,
  usageAddress,
} from "@/app/address";

const NOISE: Record<string, unknown> = {
  reasons: 7,
  states: "X",
  bands: null,
  groups: "9z",
  act: "erase",
  q: {},
  by: 1,
  minFollowers: "-3",
  blind: "perhaps",
  tab: "x",
  pages: 0,
  active: "soon",
  platforms: [{}, ""],
  days: 8,
  of: "money",
  show: "secret",
};

describe("addresses", () => {
  it.each([
    ["review", reviewAddress],
    ["queue", queueAddress],
    ["creator", creatorAddress],
    ["search", searchAddress],
    ["keys", keyAddress],
    ["usage", usageAddress],
  ] as const)("%s: whatever somebody types gives a page", (_, read) => {
    expect(Object.values(read(NOISE)).filter((value) => value !== undefined)).toEqual([]);
    expect(Object.values(read({})).filter((value) => value !== undefined)).toEqual([]);
  });

  it("reads its own values again", () => {
    const address = queueAddress({
      reasons: ["BRIDGE"],
      states: ["DECIDED"],
      bands: ["TOSS_UP"],
      minPriority: 0.5,
      mine: true,
      creator: "c",
      tab: "quality",
    });
    expect(queueAddress({ ...address })).toEqual(address);
    expect(creatorAddress({ act: "split", groups: "abac", link: "a~b" })).toMatchObject({
      act: "split",
      groups: "abac",
      link: "a~b",
    });
    // digits alone come from the address as a number
    expect(searchAddress({ q: 1984, minFollowers: "1000" })).toMatchObject({ q: "1984", minFollowers: 1000 });
  });

  it("keeps what a search, the keys and the use are about", () => {
    expect(searchAddress({ platform: "X", pages: 99, active: "30", by: "words" })).toMatchObject({
      platforms: ["X"],
      pages: 5,
      active: 30,
      by: "words",
    });
    expect(searchAddress({ platforms: ["X", "TIKTOK", "X"] }).platforms).toEqual(["X", "TIKTOK"]);
    expect(keyAddress({ tenant: "t", show: "all", make: "true", revoke: "k" })).toEqual({
      tenant: "t",
      show: "all",
      make: true,
      revoke: "k",
    });
    expect(usageAddress({ days: "90", of: "cost", key: "k" })).toMatchObject({ days: 90, of: "cost", key: "k" });
  });

  it("takes one value for a list of one", () => {
    expect(reviewAddress({ reasons: "CONFLICT" }).reasons).toEqual(["CONFLICT"]);
  });
});

it("asks for what waits unless another state is asked for", () => {
  expect(queueFilter({}).states).toEqual(["OPEN", "CLAIMED"]);
  expect(queueFilter({ states: ["CLOSED"] }).states).toEqual(["CLOSED"]);
});

it("listens to pairs whatever state and holder they come to have", () => {
  const scope = queueScope(queueFilter({ mine: true, bands: ["TOSS_UP"], minPriority: 2 }));
  expect(scope).toMatchObject({ bands: ["TOSS_UP"], minPriority: 2 });
  expect([scope.states, scope.claimedByMe]).toEqual([undefined, undefined]);
});
