import { expect, it } from "vitest";
import { bits, odds, place, waterfall } from "@/logic/waterfall";

const ROWS = [
  { signal: "bio", matchWeight: 1.8 },
  { signal: "shared_url", matchWeight: 9.1 },
  { signal: "location", matchWeight: -2.4 },
];

it("adds up from the prior to the total, each bar where the last one ended", () => {
  const { steps, total } = waterfall(ROWS, 3);
  expect(steps.map((step) => step.label)).toEqual(["starting point", "shared url", "place", "bio"]);
  expect(steps[0]?.weight).toBeCloseTo(3 - 8.5);
  steps.slice(1).forEach((step, index) => expect(step.from).toBeCloseTo(steps[index]?.to ?? NaN));
  expect(steps.at(-1)?.to).toBeCloseTo(total);
});

it("takes the API's own prior first, and adds a step only for what is more than rounding", () => {
  const rows = [...ROWS, { signal: "prior", matchWeight: -9 }];
  expect(waterfall(rows, -0.5).steps.map((step) => [step.label, step.kind])).toEqual([
    ["starting point", "prior"],
    ["shared url", "for"],
    ["place", "against"],
    ["bio", "for"],
  ]);
  const held = waterfall(rows, 3).steps;
  expect(held[0]).toMatchObject({ label: "rest", row: null });
  expect(held.at(-1)?.to).toBeCloseTo(3);
});

it("has every bar and zero inside what it is drawn over", () => {
  const { steps, low, high } = waterfall(ROWS, 3);
  for (const step of steps) {
    for (const end of [step.from, step.to, 0]) {
      expect(place(end, low, high)).toBeGreaterThanOrEqual(0);
      expect(place(end, low, high)).toBeLessThanOrEqual(100);
    }
  }
});

it("draws a pair without evidence", () => {
  expect(waterfall([], 0)).toMatchObject({ total: 0, low: 0, high: 0 });
  expect(place(0, 0, 0)).toBe(0);
});

it("writes bits with their sign", () => {
  expect([4.21, -1.84, 0.01].map(bits)).toEqual(["+4.2", "−1.8", "0.0"]);
});

it("says bits as odds", () => {
  expect(odds(1)).toBe("2.0 times as likely if they are one person");
  expect(odds(-10)).toBe("1,024 times as likely if they are two persons");
  expect(odds(30)).toContain("more than a million");
  expect(odds(0)).toBe("says nothing either way");
});
