import { describe, expect, it } from "vitest";
import { creatorAddress, queueAddress, queueFilter, queueScope, reviewAddress, searchAddress } from "@/app/address";

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
};

describe("addresses", () => {
  it.each([
    ["review", reviewAddress],
    ["queue", queueAddress],
    ["creator", creatorAddress],
    ["search", searchAddress],
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
